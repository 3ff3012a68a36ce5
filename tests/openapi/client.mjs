// Generates a client of the document (oazapfts), compiles it strictly together with walkthrough.ts,
// and loads the walk.
import {spawnSync} from 'node:child_process';
import {copyFile, symlink, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {fileURLToPath, pathToFileURL} from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

function run(what, script, ...args) {
  const {status, stdout, stderr} = spawnSync(process.execPath, [script, ...args],
                                             {encoding: 'utf8'});
  if (status !== 0) throw new Error(`${what} failed:\n${stdout}${stderr}`);
}

// directory: where all of it is put. The module of walkthrough.ts.
export async function generatedClient(document, directory) {
  const modules = join(here, 'node_modules');
  const at = (name) => join(directory, name);
  await symlink(modules, at('node_modules'));
  await writeFile(at('package.json'), '{"type": "module"}');
  await writeFile(at('openapi.json'), JSON.stringify(document));
  await copyFile(join(here, 'walkthrough.ts'), at('walkthrough.ts'));
  run('generating a client of /openapi.json', join(modules, 'oazapfts/dist/cli.js'),
      at('openapi.json'), at('client.ts'));
  run('compiling the generated client', join(modules, 'typescript/bin/tsc'), '--strict',
      '--target', 'es2022', '--module', 'nodenext', '--moduleResolution', 'nodenext',
      '--lib', 'es2022,dom,dom.iterable', '--skipLibCheck', at('walkthrough.ts'));
  return import(pathToFileURL(at('walkthrough.js')).href);
}
