import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { atExit } from './cleanup.cts';
import { Problem } from './problem.cts';

/** A program to run. */
export interface Command {
	/** What it does, for messages: such as 'Building the package'. */
	readonly what: string;
	readonly file: string;
	readonly args: readonly string[];
	readonly cwd: string;
	/** This process's own if not given. */
	readonly env?: NodeJS.ProcessEnv;
	/** Pass its error output on to the terminal, as a progress display. */
	readonly showProgress?: boolean;
	/**
	 * Where its standard output goes, if there may be megabytes of it: a program that ends by
	 * `process.exit` loses what a pipe has not taken yet, but nothing that goes to a file.
	 */
	readonly stdoutFile?: string;
	/** Give it a channel on which it notices that this process is gone (see guard.cjs). */
	readonly guarded?: boolean;
}

/** A program that runs. */
export interface RunningCommand {
	/** Resolves with the exit code. */
	readonly ended: Promise<number>;
	/** What it has written to standard output so far. */
	stdout(): string;
	/** What it has written so far, errors included. */
	output(): string;
	/** Resolves once the output contains the text; a `Problem` if it ends or takes too long. */
	says(text: string, seconds: number): Promise<void>;
	/** To the program and all that it has started. */
	kill(signal: NodeJS.Signals): void;
}

/** Starts a program. Neither it nor what it starts outlives this process. */
export function startCommand(command: Command): RunningCommand {
	const onWindows = process.platform === 'win32';
	const stdoutFile =
		command.stdoutFile === undefined ? undefined : openSync(command.stdoutFile, 'w');
	const child = spawn(command.file, command.args, {
		cwd: command.cwd,
		// `npm run --silent` would pass on its silence, and a failure would have no cause to show.
		env: { ...(command.env ?? process.env), npm_config_loglevel: 'error' },
		// A process group of its own, so that all that it starts can be ended with it.
		detached: !onWindows,
		// There, npm is a script.
		shell: onWindows && command.file === 'npm',
		stdio: ['ignore', stdoutFile ?? 'pipe', 'pipe', ...(command.guarded ? (['ipc'] as const) : [])],
	});
	if (stdoutFile !== undefined) closeSync(stdoutFile);
	const kill = (signal: NodeJS.Signals): void => killGroup(child, signal);

	const written = () => command.stdoutFile && readFileSync(command.stdoutFile, 'utf8');
	let stdout = '';
	let output = '';
	let look = (): void => undefined;
	child.stdout?.setEncoding('utf8').on('data', (text: string) => {
		stdout += text;
		output += text;
		look();
	});
	child.stderr?.setEncoding('utf8').on('data', (text: string) => {
		output += text;
		if (command.showProgress) process.stderr.write(text);
		look();
	});

	const ended = new Promise<number>((resolve) => {
		child.once('error', (error) => {
			output += String(error);
			resolve(1);
		});
		child.once('close', (code) => resolve(code ?? 1));
	}).finally(atExit(() => kill('SIGKILL')));

	return {
		ended,
		stdout: () => written() ?? stdout,
		output: () => (written() ?? '') + output,
		kill,
		async says(text, seconds) {
			const said = new Promise<true>((resolve) => {
				look = () => output.includes(text) && resolve(true);
				look();
			});
			const late = wait(seconds * 1000, false, { ref: false });
			if (!(await Promise.race([said, late, ended.then(() => false)]))) {
				throw failed(command, output);
			}
		},
	};
}

/**
 * Starts a program and waits until it says that it can be used; a `Problem` if it ends before or takes
 * too long, and then it does not run any more.
 */
export async function startServer(
	command: Command,
	ready: string,
	seconds: number,
): Promise<RunningCommand> {
	const server = startCommand(command);
	try {
		await server.says(ready, seconds);
		return server;
	} catch (error) {
		server.kill('SIGKILL');
		await server.ended;
		throw error;
	}
}

/** Runs a program to its end and returns its standard output; a `Problem` if it fails. */
export async function runCommand(command: Command): Promise<string> {
	const running = startCommand(command);
	if ((await running.ended) !== 0) throw failed(command, running.output());
	return running.stdout();
}

function failed({ what, showProgress }: Command, output: string): Problem {
	// What has been shown already need not be repeated.
	const end = showProgress ? '' : ` The end of its output:\n${output.slice(-4000)}`;
	return new Problem(`${what} did not work.${end}`);
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
	if (child.pid === undefined) return;
	try {
		if (process.platform === 'win32') child.kill(signal);
		else process.kill(-child.pid, signal);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
	}
}
