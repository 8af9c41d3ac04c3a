/** What the API answers, and which function does it. The API is made of this, and what it does not know is told by this. */
export const apiRoutes = [
  { method: 'POST', path: '/orders', answeredBy: 'place-order' },
  { method: 'GET', path: '/orders', answeredBy: 'read-orders' },
  { method: 'GET', path: '/orders/{id}', answeredBy: 'read-orders' },
  { method: 'DELETE', path: '/orders/{id}', answeredBy: 'cancel-order' },
  { method: 'GET', path: '/balances', answeredBy: 'read-balances' },
  { method: 'POST', path: '/stop', answeredBy: 'stop' },
  { method: 'POST', path: '/reservations', answeredBy: 'make-reservation' },
  { method: 'GET', path: '/reservations', answeredBy: 'read-reservations' },
  { method: 'GET', path: '/reservations/{id}', answeredBy: 'read-reservations' },
  { method: 'DELETE', path: '/reservations/{id}', answeredBy: 'cancel-reservation' },
  { method: 'GET', path: '/decisions', answeredBy: 'read-decisions' },
  { method: 'POST', path: '/checks', answeredBy: 'check-now' },
  { method: 'GET', path: '/status', answeredBy: 'read-status' },
] as const;

/** The function that answers every request for which there is no route. */
export const answersUnknown = 'answer-unknown';

/** The methods that a path can be called with; none if there is no such path. */
export function methodsAt(path: string): readonly string[] {
  return apiRoutes.filter((route) => leadsTo(route.path, path)).map(({ method }) => method);
}

/** A variable such as `{id}` stands for one part of a path that is not empty. */
function leadsTo(pattern: string, path: string): boolean {
  const wanted = pattern.split('/');
  const parts = path.split('/');
  return (
    wanted.length === parts.length &&
    wanted.every((part, index) => (part.startsWith('{') ? parts[index] !== '' : part === parts[index]))
  );
}
