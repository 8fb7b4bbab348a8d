import { button, together } from './family-texts.ts';
import type { Speech } from '../case/knowledge.ts';
import type { Outgoing } from '../words/messages.ts';
import type { RichText } from '../words/rich-text.ts';

/** "Is somebody in danger at this very moment?", with its three buttons. */
export const dangerQuestion = (speech: Speech, before: RichText[] = []): Outgoing =>
  together(
    speech,
    [...before, speech.say('ask.danger_now')],
    [
      [button(speech, 'd:yes', 'option.danger_now.yes')],
      [
        button(speech, 'd:no', 'option.danger_now.no'),
        button(speech, 'd:unknown', 'option.danger_now.unknown'),
      ],
    ],
  );
