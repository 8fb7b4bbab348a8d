import { parentPort, workerData } from 'node:worker_threads';
import { learnPack } from '../router/router.ts';

// A thread of its own: learning takes seconds, and meanwhile the others are served. Gets a pack, gives bytes, ends.
const bytes = Uint8Array.from(learnPack(workerData));
parentPort?.postMessage(bytes, [bytes.buffer]);
