import type { Column } from './people.ts';
import { CASES, MEANWHILE, type CaseWord, type MeanwhileWord } from './situations.ts';

/**
 * What is expected, written out. Rows: a door of the desk, how the case stands when its card or form is shown, and what
 * has become of it before the press. Columns: who presses; `owner` is the officer who has the case, if anybody has it, and
 * `moscow` the head of the other desk. Cells: what comes of it, as in EFFECTS; `no` is a refusal.
 * twice: the same request delivered again adds nothing (`once`), or may happen again since it only shows something.
 * forged: a request that was made for one case and names another one of the desk acts on the one it names (`there`), on
 * the one it was made for (`here`), or on none (`no`); `.` where no case is named.
 */
const TABLE = `
  door                        case    meanwhile   officer  owner    duty     head      auditor moscow  twice forged
  press take                  untaken -           takes    takes    takes    takes     no      no      once  there
  press take                  taken   -           no       nothing  no       no        no      no      once  there
  press take                  untaken took        no       no       no       no        no      no      once  there
  press take                  orphan  -           takesOver takesOver takesOver takesOver no    no      once  there
  press more:take             taken   -           no       nothing  no       takesOver no      no      once  there
  press more:take             taken   released    resumes  resumes  resumes  resumes   no      no      once  there
  press more:take             orphan  -           takesOver takesOver takesOver takesOver no    no      once  there
  press release               taken   -           no       releases no       releases  no      no      once  there
  press release               taken   released    nothing  nothing  nothing  nothing   no      no      once  there
  press release               orphan  -           releases releases releases releases  no      no      once  there
  press more:release          taken   -           no       releases no       releases  no      no      once  there
  press more:release          taken   moved       no       releases no       releases  no      no      once  there
  press more:priority         taken   -           opens    opens    opens    opens     no      no      once  there
  press more:note             taken   -           opens    opens    opens    opens     no      no      once  there
  press more:take_back        ended   -           no       no       no       opens     no      no      once  there
  press more:take_back        ended   taken-back  no       no       no       no        no      no      once  there
  press more:details          taken   -           nothing  nothing  nothing  nothing   nothing nothing once  there
  press details               taken   -           reads    reads    reads    reads     reads   no      once  there
  press details               taken   moved       reads    reads    reads    reads     reads   no      once  there
  press reply                 taken   -           opens    opens    opens    opens     no      no      once  there
  press reply                 taken   moved       opens    opens    opens    opens     no      no      once  there
  press status                taken   -           opens    opens    opens    opens     no      no      once  there
  press status                taken   moved       opens    opens    opens    opens     no      no      once  there
  press priority              taken   -           opens    opens    opens    opens     no      no      once  there
  press priority              untaken took        opens    opens    opens    opens     no      no      once  there
  press note                  taken   -           opens    opens    opens    opens     no      no      once  there
  press note                  untaken took        opens    opens    opens    opens     no      no      once  there
  press second                waiting -           looks    looks    looks    looks     looks   no      again there
  press second                waiting asked-anew  looks    looks    looks    looks     looks   no      again there
  press second                waiting refused     no       no       no       no        no      no      again there
  press second                taken   -           no       no       no       no        no      no      again there
  press refuse_second         waiting -           refuses  refuses  refuses  refuses   no      no      once  no
  press refuse_second         waiting asked-anew  no       no       no       no        no      no      once  no
  press refuse_second         waiting refused     no       no       no       no        no      no      once  no
  press to                    taken   -           nothing  nothing  nothing  nothing   nothing no      once  there
  press to                    taken   moved       nothing  nothing  nothing  nothing   nothing no      once  there
  form reply_form             taken   -           drafts   drafts   drafts   drafts    no      no      again there
  form reply_form             untaken moved       drafts   drafts   drafts   drafts    no      no      again there
  form reply_form             taken   withdrawn   no       no       no       no        no      no      again there
  form reply_preview          taken   -           replies  replies  replies  replies   no      no      once  here
  form reply_preview          taken   moved       replies  replies  replies  replies   no      no      once  here
  form reply_preview          taken   withdrawn   no       no       no       no        no      no      once  here
  form status_form            taken   -           closes   closes   closes   closes    no      no      once  there
  form status_form            taken   moved       no       no       no       no        no      no      once  there
  form status_form            taken   released    no       no       no       no        no      no      once  there
  form status_form            untaken took        no       no       no       no        no      no      once  there
  form status_form:shares     taken   -           sends    sends    sends    sends     no      no      once  there
  form status_form:shares     taken   moved       no       no       no       no        no      no      once  there
  form status_form:shares     taken   withdrawn   no       no       no       no        no      no      once  there
  form priority_form          taken   -           grades   grades   grades   grades    no      no      once  there
  form priority_form          untaken took        grades   grades   grades   grades    no      no      once  there
  form note_form              taken   -           notes    notes    notes    notes     no      no      once  there
  form note_form              taken   moved       notes    notes    notes    notes     no      no      once  there
  form second_form            waiting -           confirms no       confirms confirms  no      no      once  no
  form second_form            waiting asked-anew  no       no       no       no        no      no      once  no
  form second_form            waiting refused     no       no       no       no        no      no      once  no
  form second_form            waiting withdrawn   no       no       no       no        no      no      once  no
  form take_back_form         ended   -           no       no       no       takesBack no      no      once  there
  form take_back_form         ended   taken-back  no       no       no       no        no      no      once  there
  form take_back_form         taken   -           no       no       no       no        no      no      once  there
  command /helpline           untaken -           nothing  nothing  nothing  nothing   nothing nothing once  .
  command /helpline:reference taken   -           finds    finds    finds    finds     finds   no      again there
  command /helpline:reference taken   moved       finds    finds    finds    finds     finds   no      again there
  event message:question      untaken -           answers  answers  answers  answers   answers answers once  .
  event message:report        untaken -           reports  reports  reports  reports   answers reports once  .
  event message:mention       untaken -           reports  reports  reports  reports   answers reports once  .
  event message:shared        untaken -           no       no       no       no        no      no      once  .
  event press                 untaken -           answers  answers  answers  answers   answers answers once  .
  event home                  untaken -           nothing  nothing  nothing  nothing   nothing nothing once  .
`;

/**
 * What each use leaves in the register. `events`: in order, by whoever pressed, or by the officer who had asked for the
 * move (`asker:`). `version`: by how much the case's rises. `desk`, `family`: what is queued for the desk's channel
 * beside the card, which is due already, and for the family's chat (of an event: for whoever wrote).
 */
export const EFFECTS = {
  no: { events: '', version: 0, desk: 0, family: 0 },
  nothing: { events: '', version: 0, desk: 0, family: 0 },
  opens: { events: '', version: 0, desk: 0, family: 0 },
  takes: { events: 'taken status', version: 2, desk: 1, family: 1 },
  takesOver: { events: 'released taken', version: 2, desk: 1, family: 1 },
  resumes: { events: 'taken', version: 1, desk: 1, family: 1 },
  releases: { events: 'released', version: 1, desk: 1, family: 0 },
  reads: { events: 'read', version: 0, desk: 0, family: 0 },
  looks: { events: 'read', version: 0, desk: 0, family: 0 },
  refuses: { events: 'second', version: 1, desk: 1, family: 0 },
  confirms: {
    events: 'second asker:taken-up asker:status asker:noted',
    version: 3,
    desk: 1,
    family: 1,
  },
  drafts: { events: 'read drafted', version: 0, desk: 0, family: 0 },
  replies: { events: 'replied', version: 1, desk: 1, family: 1 },
  closes: { events: 'status noted', version: 2, desk: 1, family: 1 },
  sends: { events: 'status noted', version: 2, desk: 1, family: 0 },
  grades: { events: 'graded', version: 1, desk: 1, family: 0 },
  notes: { events: 'noted', version: 1, desk: 1, family: 0 },
  takesBack: { events: 'taken-back outcome noted', version: 2, desk: 1, family: 0 },
  finds: { events: 'found', version: 0, desk: 0, family: 0 },
  answers: { events: '', version: 0, desk: 0, family: 1 },
  reports: { events: 'opened wrote', version: 2, desk: 1, family: 1 },
} as const;
export type EffectWord = keyof typeof EFFECTS;

export type Row = {
  door: string;
  case: CaseWord;
  meanwhile: MeanwhileWord;
  cells: Record<Column, EffectWord>;
  twice: 'once' | 'again';
  forged: 'there' | 'here' | 'no' | '.';
};

/** The word, if it is one of those that have a meaning here. */
function word<Word extends string>(known: Record<Word, unknown>, given: string | undefined): Word {
  const found = Object.keys(known).find((each): each is Extract<Word, string> => each === given);
  if (found === undefined) throw new Error(`the table does not know the word "${given}"`);
  return found;
}

export const ROWS: Row[] = TABLE.trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [kind = '', id = '', stands, meanwhile, ...rest] = line.trim().split(/\s+/);
    const [officer, owner, duty, head, auditor, moscow, twice, forged] = rest;
    return {
      door: `${kind} ${id}`,
      case: word(CASES, stands),
      meanwhile: word(MEANWHILE, meanwhile),
      cells: {
        officer: word(EFFECTS, officer),
        owner: word(EFFECTS, owner),
        duty: word(EFFECTS, duty),
        head: word(EFFECTS, head),
        auditor: word(EFFECTS, auditor),
        moscow: word(EFFECTS, moscow),
      },
      twice: word({ once: 1, again: 1 }, twice),
      forged: word({ there: 1, here: 1, no: 1, '.': 1 }, forged),
    };
  });

/** `press more:take` is a use of the door `press more`. */
export const doorOf = ({ door }: Pick<Row, 'door'>): string => door.split(':')[0] ?? '';
