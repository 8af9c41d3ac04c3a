import { expect, it } from 'vitest';
import { connectWithPermissions } from '../../local/permissions/connect-with-permissions.ts';
import { connectDirectly } from '../../local/runner/function-connector.ts';
import { startLocalService } from '../../local/service/start-local-service.ts';
import { assemblyDirectory } from '../global-setup.ts';

it('measures', async () => {
  const services = [];
  for (const connect of [connectDirectly, connectWithPermissions()]) {
    services.push(
      await startLocalService({
        assemblyDirectory,
        engine: 'dynoxide',
        exchange: { sellers: false, usd: '100000' },
        connect,
      }),
    );
  }
  const times: number[][] = [[], [], [], []];
  for (const [i, s] of services.entries()) {
    s.exchange.admin.setBook({ market: 'chat-prime', asks: [{ price: '2.00', quantity: 5000 }] });
    for (let n = 0; n < 20; n += 1) {
      await s.api.get('/decisions?instrument=chat-prime');
    }
    for (let n = 0; n < 3; n += 1) await s.stack.fireSchedule();
    void i;
  }
  for (let n = 0; n < 100; n += 1) {
    for (const [i, s] of services.entries()) {
      const start = performance.now();
      await s.api.get('/decisions?instrument=chat-prime');
      times[i]?.push(performance.now() - start);
    }
    if (n % 4 === 0)
      for (const [i, s] of services.entries()) {
        const start = performance.now();
        await s.stack.fireSchedule();
        times[i + 2]?.push(performance.now() - start);
      }
  }
  const q = (l: number[], f: number) => l.toSorted((a, b) => a - b)[Math.floor(l.length * f)]?.toFixed(2);
  for (const [i, l] of times.entries())
    console.log(
      ['decisions direct', 'decisions iam', 'check direct', 'check iam'][i],
      q(l, 0.1),
      q(l, 0.25),
      q(l, 0.5),
      q(l, 0.9),
    );
  for (const s of services) await s.close();
  expect(1).toBe(1);
}, 400_000);
