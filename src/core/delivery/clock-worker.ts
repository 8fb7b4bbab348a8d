import type { TimerKind } from '../case/wakes.ts';
import { toSafeError, type Log, type LogFields } from '../log.ts';
import type { Register } from '../register/register.ts';
import type { DueTimer, OnTimer } from '../register/timers.ts';
import { worker, type Pause, type Worker } from './worker.ts';

/** In one unit: a commit waits for the disk, however much it carries. */
const AT_ONCE = 50;

type Parts = {
  register: Pick<Register, 'timers' | 'onWork'>;
  on: Record<TimerKind, OnTimer>;
  pause: Pause;
  log: Log;
};

/** Fires what is due, each timer once. One that fails is told of and put off by the register; the others go on. */
export function clockWorker({ register, on, pause, log }: Parts): Worker {
  const fire: OnTimer = async (unit, timer) => {
    // A newer version may have written a kind that this one does not know.
    if (!Object.hasOwn(on, timer.kind)) throw new TypeError('a timer of an unknown kind');
    await on[timer.kind](unit, timer);
  };
  return worker({ register, pause, log }, async () => {
    const { fired, failed } = await register.timers.fireDue(fire, AT_ONCE);
    for (const timer of fired) log('timer-fired', told(timer));
    for (const { timer, error } of failed)
      log('timer-failed', { ...told(timer), attempt: timer.attempts + 1, error: toSafeError(error) });
    return fired.length + failed.length > 0;
  });
}

const told = ({ kind, subject }: DueTimer): LogFields => ({
  kind,
  ...(kind === 'unconsented' ? { chatId: subject } : { caseId: subject }),
});
