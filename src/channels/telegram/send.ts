import type { Api } from 'grammy';
import { toSafeError, type Log } from '../../core/log.ts';
import type { Channel, Sent } from '../../core/register/outbox.ts';
import { toFailure, type Failure } from './failure.ts';
import { render, type TelegramPart } from './outgoing.ts';

/** Private chats have positive ids; groups and channels have others and are never written to. */
const privateChat = /^[1-9]\d{0,15}$/;

/**
 * Sends a message once and says what became of it. Telegram takes no key by which it would know a message again, so
 * nothing here ever tries twice: what may have arrived is `unknown`, and the outbox decides.
 */
export function sender({ api, log }: { api: Pick<Api, 'sendMessage'>; log: Log }): Channel['send'] {
  const refused = (why: string, error?: unknown): Sent => {
    const told = error === undefined ? {} : { error: toSafeError(error) };
    log('http-failed', { source: 'telegram', kind: 'sendMessage', outcome: 'refused', why, ...told });
    return { outcome: 'never', why: 'refused' };
  };

  return async (address, message) => {
    if (!privateChat.test(address)) return refused('not-a-private-chat');
    let parts: TelegramPart[];
    try {
      parts = render(message);
    } catch (error) {
      return refused('not-to-be-rendered', error);
    }
    let platformId: string | null = null;
    for (const { text, ...rest } of parts) {
      try {
        const sent = await api.sendMessage(Number(address), text, {
          ...rest,
          link_preview_options: { is_disabled: true },
        });
        platformId = String(sent.message_id);
      } catch (thrown) {
        const failure = toFailure(thrown);
        const fate = fateOf(failure);
        if (fate.outcome === 'never' && fate.why === 'refused') refused('answered', thrown);
        return platformId === null ? fate : { outcome: 'unknown', why: 'half-sent' };
      }
    }
    return platformId === null ? refused('nothing-to-send') : { outcome: 'sent', platformId };
  };
}

/** Error texts: tdlib telegram-bot-api, Client.cpp. */
function fateOf(failure: Failure): Sent {
  if (failure.kind === 'not-sent') return { outcome: 'wait', ms: null, why: failure.why };
  if (failure.kind === 'lost') return { outcome: 'unknown', why: failure.why };
  const { status, description, retryAfterMs } = failure;
  if (status === 429) return { outcome: 'wait', ms: retryAfterMs, why: 'rate-limited' };
  // 401 and 404 mean the bot's own token: a matter for the operator, and the message keeps.
  if (status === 401 || status === 404) return { outcome: 'wait', ms: null, why: 'token-refused' };
  if (status >= 500) return { outcome: 'wait', ms: null, why: `http-${status}` };
  if (
    /deactivated|chat not found|user not found|peer_id_invalid|chat was deleted|upgraded/i.test(description)
  )
    return { outcome: 'never', why: 'gone' };
  if (status === 403) return { outcome: 'never', why: 'blocked' };
  return { outcome: 'never', why: 'refused' };
}
