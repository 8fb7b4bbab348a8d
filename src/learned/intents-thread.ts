import { serialize } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import { readIntentsFolder } from '../intents/load-intents.ts';

// A thread of its own: checking a thousand files takes a second. Gets the folder's path, gives its content as bytes, ends.
const bytes = Uint8Array.from(serialize(readIntentsFolder(workerData)));
parentPort?.postMessage(bytes, [bytes.buffer]);
