/** Bars of one measure, in percent; the first is ours. */
export type Panel = { title: string; bars: { name: string; value: number }[] };

const WIDTH = 720;
const NAME = 210;
const BAR = 18;
const GAP = 6;
const TITLE = 30;
const PERCENT = (WIDTH - NAME - 70) / 100;

/** Horizontal bars as SVG, with colours for light and dark pages. */
export function barChart(panels: Panel[]): string {
  let y = 8;
  const parts = panels.map(({ title, bars }) => {
    const top = y;
    y += TITLE + bars.length * (BAR + GAP) + GAP;
    return panel(title, bars, top);
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${y}" role="img" font-family="system-ui, sans-serif" font-size="13">`,
    `<title>${panels.map(({ title, bars }) => `${escaped(title)}: ${bars.map(({ name, value }) => `${escaped(name)} ${value}`).join(', ')}`).join('. ')}</title>`,
    '<style>text{fill:#1f2328}.ours{fill:#0969da}.other{fill:#8c959f}.line{stroke:#d0d7de}',
    '@media (prefers-color-scheme: dark){text{fill:#e6edf3}.ours{fill:#58a6ff}.other{fill:#6e7681}.line{stroke:#30363d}}</style>',
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

function panel(title: string, bars: Panel['bars'], top: number): string {
  const rows = bars.map(({ name, value }, at) => {
    const y = top + TITLE + at * (BAR + GAP);
    const middle = y + BAR - 5;
    return [
      `<text x="${NAME - 8}" y="${middle}" text-anchor="end">${escaped(name)}</text>`,
      `<rect class="${at === 0 ? 'ours' : 'other'}" x="${NAME}" y="${y}" width="${(value * PERCENT).toFixed(1)}" height="${BAR}" rx="2"/>`,
      `<text x="${(NAME + value * PERCENT + 6).toFixed(1)}" y="${middle}">${value.toFixed(1)}</text>`,
    ].join('');
  });
  const end = top + TITLE + bars.length * (BAR + GAP) - GAP / 2;
  return [
    `<text x="${NAME}" y="${top + 18}" font-weight="600">${escaped(title)}</text>`,
    `<line class="line" x1="${NAME}" x2="${NAME}" y1="${top + TITLE - 3}" y2="${end}"/>`,
    ...rows,
  ].join('\n');
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
