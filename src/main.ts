import { ConfigError, readConfig } from './config.ts';
import { toSafeError } from './core/log.ts';
import { start } from './start.ts';

// Node would print an error that nobody caught as a whole, and some hold the bot's token or what a family wrote.
process.on('uncaughtException', (error) => {
  console.error(JSON.stringify({ event: 'fatal', error: toSafeError(error) }));
  process.exit(1);
});

try {
  const running = await start(readConfig(process.env), process.env);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void running.stop().then(() => process.exit(0)));
} catch (error) {
  // What stops the start is for the operator: our own errors are worded for them and hold no secret.
  console.error(
    error instanceof ConfigError
      ? error.message
      : error instanceof Error
        ? `Not started: ${error.message}`
        : 'Not started.',
  );
  process.exit(1);
}
