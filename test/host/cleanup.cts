import { rmSync, mkdtempSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';

type Task = () => void;

/** This process itself: Jest gives its tests a copy, whose listeners nobody calls. */
const host = runInThisContext('process') as NodeJS.Process;

const tasks = new Set<Task>();
let watching = false;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs the task when this process ends, however it ends short of SIGKILL. The task must be
 * synchronous: nothing else is possible that late. Returns a function that runs it now instead.
 */
export function atExit(task: Task): () => void {
	watch();
	const once = (): void => {
		if (tasks.delete(once)) task();
	};
	tasks.add(once);
	return once;
}

/** An empty folder for this process, with the function that removes it. */
export function temporaryFolder(): { readonly folder: string; readonly remove: () => void } {
	const folder = mkdtempSync(join(tmpdir(), 'n8n-nodes-offboarding-'));
	// A program that has just been killed may still write its last.
	const how = { recursive: true, force: true, maxRetries: 5 };
	return { folder, remove: atExit(() => rmSync(folder, how)) };
}

function watch(): void {
	if (watching) return;
	watching = true;
	host.on('exit', () => {
		// Last things first: a process must be gone before its folder can go.
		for (const task of [...tasks].reverse()) task();
	});
	for (const signal of signals) {
		host.on(signal, () => host.exit(128 + constants.signals[signal]));
	}
}
