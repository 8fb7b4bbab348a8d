import { parseArgs } from 'node:util';
import { startSandbox } from './sandbox.ts';

const { values } = parseArgs({
  options: { port: { type: 'string', default: '8081' }, host: { type: 'string' }, state: { type: 'string' } },
});

const sandbox = await startSandbox({
  port: Number(values.port),
  ...(values.host === undefined ? {} : { host: values.host }),
  ...(values.state === undefined ? {} : { stateFile: values.state }),
});

console.log(`# The sandbox is at ${sandbox.url}. To point a helpline at it:`);
for (const [name, value] of Object.entries(sandbox.env)) console.log(`export ${name}='${value}'`);

const stop = () => void sandbox.close().then(() => process.exit(0));
process.once('SIGINT', stop);
process.once('SIGTERM', stop);
