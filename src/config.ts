import { z } from 'zod';

type Environment = Record<string, string | undefined>;

const port = z.coerce.number('must be a port number, for instance 8080').int().min(0).max(65_535);
const url = (example: string) => z.url(`must be a web address, for instance ${example}`);

const common = z.object({
  PORT: port.default(8080),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z.string().default('./data'),
  INTENTS_DIR: z.string().default('./intents'),
  DESK_FILE: z.string().default('./desk.yaml'),
  DATABASE_URL: z
    .string()
    .regex(
      /^postgres(ql)?:\/\//,
      'must begin with postgres://; leave it empty for the SQLite file in DATA_DIR',
    )
    .optional(),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], 'must be debug, info, warn, error or silent')
    .default('info'),
});

const real = z.object({
  TELEGRAM_BOT_TOKEN: z
    .string('is missing: ask @BotFather for it')
    .regex(/^\d+:[\w-]{30,}$/, 'does not look like a bot token: digits, a colon, 35 letters'),
  TELEGRAM_API_ROOT: url('https://api.telegram.org')
    .refine((root) => !root.endsWith('/'), 'must not end with a slash')
    .optional(),
  TELEGRAM_WEBHOOK_URL: url('https://helpline.example/telegram').optional(),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{32,256}$/, 'must be 32 to 256 letters, digits, _ or -')
    .optional(),
  SLACK_BOT_TOKEN: z
    .string('is missing: the bot token of the Slack app')
    .startsWith('xoxb-', 'must begin with xoxb-'),
  SLACK_APP_TOKEN: z.string().startsWith('xapp-', 'must begin with xapp-').optional(),
  SLACK_SIGNING_SECRET: z.string().min(16, 'is too short for a signing secret').optional(),
  SLACK_API_URL: url('https://slack.com/api/').optional(),
  SLACK_TRIAGE_CHANNEL: z
    .string("is missing: the id of the desk's channel, for instance C0123456789")
    .regex(
      /^[CG][A-Z0-9]{6,}$/,
      "must be the id of a channel: in Slack, open the channel's details, at the very bottom",
    ),
});

const realRules = real.superRefine((given, context) => {
  const add = (name: string, message: string) => context.addIssue({ code: 'custom', path: [name], message });
  if (!given.SLACK_APP_TOKEN && !given.SLACK_SIGNING_SECRET)
    add(
      'SLACK_APP_TOKEN',
      'or SLACK_SIGNING_SECRET is missing: the first for Socket Mode, the second for requests over HTTP',
    );
  if (given.TELEGRAM_WEBHOOK_URL && !given.TELEGRAM_WEBHOOK_SECRET)
    add(
      'TELEGRAM_WEBHOOK_SECRET',
      'is missing: without it anybody could post updates. Make one with `openssl rand -hex 32`',
    );
});

type Common = {
  port: number;
  host: string;
  dataDir: string;
  intentsDir: string;
  deskFile: string;
  databaseUrl: string | null;
  logLevel: string;
};

export type TelegramConfig = {
  token: string;
  apiRoot: string | null;
  webhook: { secret: string; url?: string } | null;
};
export type SlackConfig = {
  botToken: string;
  appToken: string | null;
  signingSecret: string | null;
  apiUrl: string | null;
  triageChannel: string;
};

/** How the helpline is to run: with the emulated platforms beside it, or as the real thing. */
export type Config = Common &
  ({ mode: 'sandbox' } | { mode: 'real'; telegram: TelegramConfig; slack: SlackConfig });

/** The names that decide for the real thing. */
const TOKENS = ['TELEGRAM_BOT_TOKEN', 'SLACK_BOT_TOKEN'];

/**
 * Reads the configuration from an environment, once. Empty counts as absent. Throws one error that names every fault
 * with what to do about it; values are never repeated, since they may be secrets.
 */
export function readConfig(environment: Environment): Config {
  const env = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''),
  );
  const shared = common.safeParse(env);
  const isReal = TOKENS.some((name) => env[name] !== undefined);
  const platforms = isReal ? realRules.safeParse(env) : null;
  const faults = [...(shared.error?.issues ?? []), ...(platforms?.error?.issues ?? [])].map(
    (issue) => `  ${issue.path.join('.')} ${issue.message}`,
  );
  if (shared.data === undefined || (isReal && platforms?.data === undefined))
    throw new ConfigError(
      `The configuration cannot be used:\n${faults.join('\n')}\nSee .env.example for all settings.`,
    );
  const { PORT, HOST, DATA_DIR, INTENTS_DIR, DESK_FILE, DATABASE_URL, LOG_LEVEL } = shared.data;
  const base: Common = {
    port: PORT,
    host: HOST,
    dataDir: DATA_DIR,
    intentsDir: INTENTS_DIR,
    deskFile: DESK_FILE,
    databaseUrl: DATABASE_URL ?? null,
    logLevel: LOG_LEVEL,
  };
  if (!platforms?.data) return { ...base, mode: 'sandbox' };
  return { ...base, mode: 'real', ...platformsFrom(platforms.data) };
}

/** A fault of the configuration, worded for the operator. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

/** The platforms' part, also used for the sandbox's own environment. */
export function platformsFrom(given: Environment): { telegram: TelegramConfig; slack: SlackConfig } {
  const secret = given['TELEGRAM_WEBHOOK_SECRET'];
  const hook = given['TELEGRAM_WEBHOOK_URL'];
  return {
    telegram: {
      token: given['TELEGRAM_BOT_TOKEN'] ?? '',
      apiRoot: given['TELEGRAM_API_ROOT'] ?? null,
      webhook: secret ? { secret, ...(hook ? { url: hook } : {}) } : null,
    },
    slack: {
      botToken: given['SLACK_BOT_TOKEN'] ?? '',
      appToken: given['SLACK_APP_TOKEN'] ?? null,
      signingSecret: given['SLACK_SIGNING_SECRET'] ?? null,
      apiUrl: given['SLACK_API_URL'] ?? null,
      triageChannel: given['SLACK_TRIAGE_CHANNEL'] ?? '',
    },
  };
}
