import { Bot } from 'grammy';

/** The bare bot that the helpline is measured beside: no register, no router, one await. */
const bot = new Bot(process.env['TELEGRAM_BOT_TOKEN'] ?? '', {
  client: { apiRoot: process.env['TELEGRAM_API_ROOT'] ?? '' },
});
bot.on('message:text', (ctx) => ctx.reply(ctx.message.text));
process.once('SIGTERM', () => void bot.stop());
await bot.start({ onStart: () => console.log('{"event":"ready"}') });
