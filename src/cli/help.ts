export const HELP = `npm run -s helpline -- <command>

  route            reads messages from standard input, one a line (plain text, or JSON with "text"), and writes
                   for each what the router decides, one JSON line. Needs no database and no token.
  intents check    reads the intents folder and tells what is wrong with it, what is due for review, which languages are
                   missing, what is hard to read, and which examples the router can't tell from another intent's
                   (that takes some ten seconds). Of one intent: intents check <id>. --quick leaves the router out,
                   --all shows every doubtful example. Exit code 1 when the folder would be refused.
  learn            learns the intents now, so that the next start need not: before an update is taken into service, say.
  load             what waits in the register: inbox, outbox, buried messages, open cases, timers. Only reads.
  buried           lists messages that could not be handled: where from, why, since when. They are kept, sealed. Only reads.
  buried retry     puts them back, to be tried anew by the running helpline (after an update, say).
  story REFERENCE  what happened to a case, its man and its chat, oldest first, one JSON line an event: codes and times
                   only, nothing that anybody wrote or is called. Who did it is family, staff or helpline; --people
                   names officers by their Slack ids. Only reads.
  verify           walks the whole story, tells every case anew from it and compares with the tables. Only reads, also
                   while the helpline runs. Each fault is a line of its own, and the exit code is 1.
                   verify SEQ HASH also asks whether the story still goes through a checkpoint of the log.
  platforms        for which bot and channel the data is, and which the settings name. Only reads.
                   --move makes the data theirs: what waits in it is then sent there. Stop the helpline first.
  keys             makes a pair of keys for HELPLINE_KEYS and HELPLINE_INDEX_KEY.
  help             this text.

The settings are those of the helpline itself: see .env.example.`;

/** Prints, and ends well. */
export function say(text: string): number {
  console.log(text);
  return 0;
}
