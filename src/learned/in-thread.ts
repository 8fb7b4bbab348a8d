import { Worker } from 'node:worker_threads';

/**
 * Runs a file that gets `data`, posts one message and ends, in a thread of its own, so that the event loop stays free.
 * Nothing of the environment reaches it. Rejects with what it throws, or when the signal ends it.
 */
export async function inThread(file: URL, data: unknown, signal?: AbortSignal): Promise<unknown> {
  signal?.throwIfAborted();
  const thread = new Worker(file, { workerData: data, env: {}, execArgv: [] });
  const end = (): void => void thread.terminate();
  signal?.addEventListener('abort', end, { once: true });
  try {
    return await new Promise<unknown>((resolve, reject) => {
      thread.once('message', resolve);
      thread.once('error', reject);
      thread.once('exit', () => reject(new Error('The thread ended before it was done')));
    });
  } finally {
    signal?.removeEventListener('abort', end);
  }
}
