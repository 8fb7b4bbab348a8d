// Plain JavaScript that Node 20 can read: it explains itself where TypeScript would only fail to parse.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 15)) {
  console.error(
    [
      `This project needs Node 24.15 or newer; this is Node ${process.versions.node}.`,
      '',
      'On Linux and Windows, `npm ci` brings the right Node along: run commands through npm',
      '(`npm start`, `npm test`), after `npm ci` without `--omit=optional`.',
      'Elsewhere (macOS, Alpine) install Node 24 first, for instance with `nvm install` (see .nvmrc).',
    ].join('\n'),
  );
  process.exit(1);
}
