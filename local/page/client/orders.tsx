import type { OrderView, Snapshot } from '../snapshot.ts';
import type { Press } from './page.tsx';

const kinds: Readonly<Record<OrderView['state'], 'good' | 'bad' | 'open' | 'over'>> = {
  PENDING: 'open',
  SUBMITTED: 'open',
  UNKNOWN: 'bad',
  OPEN: 'open',
  PARTIALLY_FILLED: 'open',
  FILLED: 'good',
  CANCELLED: 'over',
  REJECTED: 'over',
  EXPIRED: 'over',
  ABANDONED: 'bad',
};

const cancellable: readonly OrderView['state'][] = ['OPEN', 'PARTIALLY_FILLED'];

/** The newest orders, as they are recorded. */
export function Orders({ snapshot, press }: { readonly snapshot: Snapshot; readonly press: Press }) {
  return (
    <section>
      <h2>Orders</h2>
      <section class="scroll" tabIndex={0} aria-label="Orders">
        <table>
          <thead>
            <tr>
              <th>Recorded</th>
              <th>State</th>
              <th>By</th>
              <th class="number">Units</th>
              <th class="number">At most</th>
              <th class="number">Bought</th>
              <th class="number">Paid</th>
              <th>Order</th>
              <th>Action</th>
            </tr>
          </thead>
          <tbody>
            {snapshot.orders.map((order) => (
              <Row key={order.id} order={order} press={press} />
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

function Row({ order, press }: { readonly order: OrderView; readonly press: Press }) {
  return (
    <tr>
      <td>{new Date(order.createdAt).toLocaleTimeString()}</td>
      <td>
        <span class={`badge ${kinds[order.state]}`}>{order.state}</span>
        {order.reason === null ? '' : ` ${order.reason}`}
      </td>
      <td>{order.source === 'api' ? 'you' : 'a check'}</td>
      <td class="number">{order.quantity}</td>
      <td class="number">{order.limitPrice}</td>
      <td class="number">{order.filledQuantity}</td>
      <td class="number">{order.filledQuantity === 0 ? '' : order.spent}</td>
      <td class="faint id">{order.id}</td>
      <td>
        {cancellable.includes(order.state) ? (
          <button type="button" onClick={() => press({ action: 'cancel', id: order.id })}>
            Cancel
          </button>
        ) : null}
      </td>
    </tr>
  );
}
