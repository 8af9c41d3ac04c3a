import { listenOnLoopback } from '../loopback/listen.ts';

/** A port that is free now. Another program may take it before it is used: be ready to try again. */
export async function freePort(): Promise<number> {
  const server = await listenOnLoopback(() => {});
  await server.close();
  return server.port;
}
