import type { Act, Turn } from './decision.ts';
import { button, saying } from './family-texts.ts';

/** The notice with its three answers: before it is agreed to, nothing but a cry for help is kept. */
export function noticeActs(turn: Turn): Act[] {
  const { speech } = turn;
  return [
    {
      do: 'say',
      message: saying(speech, 'notice', {}, [
        [button(speech, 'n:agree', 'button.agree')],
        [button(speech, 'n:info', 'button.info-only'), button(speech, 'n:no', 'button.no')],
      ]),
    },
  ];
}
