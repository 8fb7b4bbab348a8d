/** Numbers hashes in the order they come, until it is frozen; then it only knows the ones it has, which `hashes` lists. */
export type Numbering = {
  of: (hash: number) => number;
  size: () => number;
  freeze: () => void;
  hashes: () => Int32Array;
};

/** What a frozen numbering says of an unknown hash. */
export const UNSEEN = -1;

const SMALLEST = 1 << 14;

/** An open-addressing table, large enough for `expected` hashes: a Map takes three times as long for the hundred thousand features of a data set. */
export function numbering(expected = 0): Numbering {
  const capacity = Math.max(SMALLEST, 2 << Math.ceil(Math.log2(expected + 1)));
  let hashes = new Int32Array(capacity);
  let numbers = new Int32Array(capacity).fill(UNSEEN);
  let size = 0;
  let frozen = false;

  const place = (hash: number): number => {
    const mask = hashes.length - 1;
    let at = hash & mask;
    while (numbers[at] !== UNSEEN && hashes[at] !== hash) at = (at + 1) & mask;
    return at;
  };
  const grow = (): void => {
    const [oldHashes, oldNumbers] = [hashes, numbers];
    hashes = new Int32Array(oldHashes.length * 2);
    numbers = new Int32Array(oldHashes.length * 2).fill(UNSEEN);
    for (let i = 0; i < oldHashes.length; i++) {
      if (oldNumbers[i] === UNSEEN) continue;
      const at = place(oldHashes[i] ?? 0);
      hashes[at] = oldHashes[i] ?? 0;
      numbers[at] = oldNumbers[i] ?? 0;
    }
  };
  const hashesInOrder = (): Int32Array => {
    const list = new Int32Array(size);
    for (let i = 0; i < hashes.length; i++) {
      const number = numbers[i] ?? UNSEEN;
      if (number !== UNSEEN) list[number] = hashes[i] ?? 0;
    }
    return list;
  };
  return {
    hashes: hashesInOrder,
    of: (hash) => {
      const at = place(hash);
      if (numbers[at] !== UNSEEN || frozen) return numbers[at] ?? UNSEEN;
      hashes[at] = hash;
      numbers[at] = size++;
      if (size * 2 > hashes.length) grow();
      return size - 1;
    },
    size: () => size,
    freeze: () => {
      frozen = true;
    },
  };
}

/** A frozen numbering that knows what `hashes` listed. */
export function numberingOf(hashes: Int32Array): Numbering {
  const features = numbering(hashes.length);
  for (const hash of hashes) features.of(hash);
  features.freeze();
  return features;
}
