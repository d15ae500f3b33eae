/**
 * Runs a program that is not Node's as the given user, so that it can be guarded like n8n (see
 * guard.cjs): `node --require guard.cjs run-as.mjs <uid> <gid> <program> [arguments…]`. Root can
 * pass by folders that the other user may not read, where this file and Node may be.
 */
import { spawn } from 'node:child_process';

const [uid, gid, file, ...args] = process.argv.slice(2);
const child = spawn(file, args, { uid: Number(uid), gid: Number(gid), stdio: 'inherit' });
child.once('error', (error) => {
	console.error(String(error));
	process.exitCode = 1;
});
child.once('exit', (code) => {
	process.exitCode = code ?? 1;
});
// They go to the whole process group. The program decides when it ends, and this ends with it.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined);
