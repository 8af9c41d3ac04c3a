import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseStopReason } from '../../../shared/http/stop-request.ts';

it('reads why somebody stops', () => {
  expect(parseStopReason('{"reason": " prices look wrong "}')).toBe('prices look wrong');
  expect(parseStopReason(JSON.stringify({ reason: 'x'.repeat(300) }))).toBe('x'.repeat(200));
});

it.each(['', 'stop!', '[]', 'null', '{"reason": 7}', '{"reason": "  "}', '{"reason"'])(
  'a body such as %j says nothing, and stops nobody from stopping',
  (body) => {
    expect(parseStopReason(body)).toBeUndefined();
  },
);

it('no body keeps anybody from stopping', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (body) => {
      expect(['string', 'undefined']).toContain(typeof parseStopReason(body));
    }),
  );
});
