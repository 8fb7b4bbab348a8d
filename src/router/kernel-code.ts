// Locals by name, in order: the parameters first (all i32), then i32 temporaries, then four of 4 x f32, v0 to v3.
// `a =b` sets b; `while at end step … next` counts `at` up to `end`; load1 reads four bytes further than load, and so on.
// Adding takes four features at once, so that the scores are read and written a quarter as often.
const ADD = {
  parameters: 'ids values count weights bytes scores',
  temporaries: 'last at b0 b1 b2 b3',
  code: `
    count 4 * ids + =last
    while ids last 16
      weights ids load bytes * + =b0    values loadf spread =v0
      weights ids load1 bytes * + =b1   values loadf1 spread =v1
      weights ids load2 bytes * + =b2   values loadf2 spread =v2
      weights ids load3 bytes * + =b3   values loadf3 spread =v3
      values 16 + =values
      0 =at
      while at bytes 16
        scores at +
        scores at + load4
        b0 at + load4 v0 *4   b1 at + load4 v1 *4 +4
        b2 at + load4 v2 *4   b3 at + load4 v3 *4 +4
        +4 +4 store4
      next
    next`,
};

const LEARN = {
  parameters: 'ids values count weights bytes gradient active changed',
  temporaries: 'last lastactive base at place',
  code: `
    count 4 * ids + =last   changed 4 * active + =lastactive
    while ids last 4
      weights ids load bytes * + =base   values loadf spread =v0   values 4 + =values
      active =at
      while at lastactive 4
        base at load + =place
        place   place load4   gradient at load + load4 v0 *4 +4   store4
      next
    next`,
};

const OPERATIONS: Record<string, number[]> = {
  '+': [0x6a],
  '*': [0x6c],
  load: [0x28, 2, 0],
  load1: [0x28, 2, 4],
  load2: [0x28, 2, 8],
  load3: [0x28, 2, 12],
  loadf: [0x2a, 2, 0],
  loadf1: [0x2a, 2, 4],
  loadf2: [0x2a, 2, 8],
  loadf3: [0x2a, 2, 12],
  load4: [0xfd, 0x00, 2, 0],
  store4: [0xfd, 0x0b, 2, 0],
  spread: [0xfd, 0x13],
  '+4': [0xfd, 0xe4, 0x01],
  '*4': [0xfd, 0xe6, 0x01],
};
const I32 = 0x7f;
const V128 = 0x7b;
const BLOCK = [0x02, 0x40];
const LOOP = [0x03, 0x40];
const END = 0x0b;
const NOT_BELOW = 0x4f;

/** The kernel as a WebAssembly module: `add` and `learn` over an imported memory. */
export function kernelCode(): Uint8Array<ArrayBuffer> {
  const parts = [ADD, LEARN];
  const types = parts.flatMap((part) => signature(part.parameters.split(' ').length));
  const bodies = parts.flatMap((part) => sized(body(part)));
  const header = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  return Uint8Array.from(
    [
      header,
      section(1, [2, ...types]),
      section(2, [1, ...name('m'), ...name('m'), 0x02, 0x00, 1]),
      section(3, [2, 0, 1]),
      section(7, [2, ...name('add'), 0x00, 0, ...name('learn'), 0x00, 1]),
      section(10, [2, ...bodies]),
    ].flat(),
  );
}

function body(part: typeof ADD): number[] {
  const temporaries = part.temporaries.split(' ');
  const locals = [...part.parameters.split(' '), ...temporaries, 'v0', 'v1', 'v2', 'v3'];
  const loops: { at: string; step: string }[] = [];
  const tokens = part.code.trim().split(/\s+/);
  const local = (wanted: string): number => locals.indexOf(wanted);
  const out = [2, temporaries.length, I32, 4, V128];
  for (let token = tokens.shift(); token !== undefined; token = tokens.shift()) {
    if (token === 'while') {
      const [at = '', end = '', step = ''] = tokens.splice(0, 3);
      loops.push({ at, step });
      out.push(...BLOCK, ...LOOP, 0x20, local(at), 0x20, local(end), NOT_BELOW, 0x0d, 1);
    } else if (token === 'next') {
      const { at = '', step = '' } = loops.pop() ?? {};
      out.push(0x20, local(at), 0x41, Number(step), 0x6a, 0x21, local(at), 0x0c, 0, END, END);
    } else if (token.startsWith('=')) out.push(0x21, local(token.slice(1)));
    else if (/^\d+$/.test(token)) out.push(0x41, Number(token));
    else out.push(...(OPERATIONS[token] ?? [0x20, local(token)]));
  }
  return [...out, END];
}

function signature(parameters: number): number[] {
  return [0x60, parameters, ...Array<number>(parameters).fill(I32), 0];
}

function section(id: number, content: number[]): number[] {
  return [id, ...sized(content)];
}

function sized(content: number[]): number[] {
  const { length } = content;
  return length < 0x80 ? [length, ...content] : [(length & 0x7f) | 0x80, length >> 7, ...content];
}

function name(text: string): number[] {
  return [text.length, ...Buffer.from(text)];
}
