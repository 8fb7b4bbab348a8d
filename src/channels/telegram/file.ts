import type { Api } from 'grammy';
import { toFailure } from './failure.ts';

/** Telegram gives bots files of up to 20 MB, and keeps a path for an hour at least. */
export type FileProblem = 'gone' | 'too-big' | 'unreachable';

const downloadMs = 60_000;

/**
 * Fetches an attachment by its handle; the body is a stream. Rejects with an error whose `code` is a FileProblem and
 * which holds no address: the file's address contains the bot's token.
 */
export function fileFetcher(
  api: Pick<Api, 'getFile'>,
  { apiRoot, token }: { apiRoot: string; token: string },
): (file: string) => Promise<Response> {
  const pathOf = async (file: string): Promise<string> => {
    try {
      const { file_path: path } = await api.getFile(file);
      const steps = path?.split('/') ?? [''];
      if (!steps.some((step) => ['', '.', '..'].includes(step)))
        return steps.map(encodeURIComponent).join('/');
    } catch (error) {
      const failure = toFailure(error);
      if (failure.kind !== 'answered' || failure.status >= 429) throw cannotFetch('unreachable');
      if (/too big/i.test(failure.description)) throw cannotFetch('too-big');
    }
    throw cannotFetch('gone');
  };

  return async (file) => {
    const path = await pathOf(file);
    let answer: Response;
    try {
      answer = await fetch(`${apiRoot}/file/bot${token}/${path}`, {
        redirect: 'error',
        signal: AbortSignal.timeout(downloadMs),
      });
    } catch {
      throw cannotFetch('unreachable');
    }
    if (!answer.ok) throw cannotFetch(answer.status >= 429 ? 'unreachable' : 'gone');
    const length = answer.headers.get('content-length');
    // A new one, for the fetched one's `url` has the token in it.
    return new Response(answer.body, length === null ? {} : { headers: { 'content-length': length } });
  };
}

const cannotFetch = (code: FileProblem): Error & { code: FileProblem } =>
  Object.assign(new Error('the file cannot be fetched'), { code });
