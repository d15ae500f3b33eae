import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { temporaryFolder } from './cleanup.cts';
import { runCommand, startServer, type Command, type RunningCommand } from './command.cts';
import { n8nEnvironment } from './environment.cts';
import { readExecution, type Execution } from './execution.cts';
import type { Host } from './install.cts';
import { freePorts } from './ports.cts';
import { Problem } from './problem.cts';

/** A credential as `n8n export:credentials --decrypted` writes it. */
export interface CredentialExport {
	readonly id: string;
	readonly name: string;
	readonly type: string;
	readonly data: Readonly<Record<string, unknown>>;
}

/** For each role: the command, and what n8n says when it can be used. */
const ROLES = {
	main: ['start', 'Editor is now accessible'],
	worker: ['worker', 'n8n worker is now ready'],
	webhook: ['webhook', 'Webhook listener waiting for requests'],
} as const;

/** What an n8n can be started as; all but the main one are for queue mode. */
export type Role = keyof typeof ROLES;

/** A fresh n8n in a temporary folder: SQLite, free ports, and nothing of the caller's own n8n. */
export class Instance {
	private constructor(
		private readonly host: Host,
		private readonly folder: string,
		private readonly env: NodeJS.ProcessEnv,
		/** Where the editor and the webhooks are, once n8n has been started. */
		readonly url: string,
		/** Removes all that is left of it. */
		readonly remove: () => void,
	) {}

	/** @param settings environment variables that this n8n gets besides the usual ones */
	static async create(host: Host, settings: NodeJS.ProcessEnv = {}): Promise<Instance> {
		const { folder, remove } = temporaryFolder();
		const [editor = 0, broker = 0] = await freePorts(2);
		const env = { ...n8nEnvironment(host, folder, editor, broker), ...settings };
		mkdirSync(join(folder, '.n8n/nodes'), { recursive: true });
		return new Instance(host, folder, env, `http://127.0.0.1:${editor}`, remove);
	}

	/**
	 * Puts a package where n8n looks for it; n8n loads it at its next start. What the package expects
	 * n8n to provide is left out, as in n8n's own installation.
	 */
	async installPackage(tarball: string): Promise<void> {
		const options = ['--audit=false', '--fund=false', '--ignore-scripts', '--legacy-peer-deps'];
		await runCommand({
			what: 'Installing the package',
			file: 'npm',
			args: ['install', ...options, '--package-lock=false', tarball],
			cwd: join(this.folder, '.n8n/nodes'),
			env: this.env,
		});
	}

	/** Replaces credentials that have the same id. */
	async importCredentials(credentials: readonly CredentialExport[]): Promise<void> {
		await this.importJson('Importing the credentials', 'import:credentials', credentials);
	}

	/** Replaces a workflow that has the same id. */
	async importWorkflow(workflow: object): Promise<void> {
		await this.importJson('Importing the workflow', 'import:workflow', workflow);
	}

	/** Runs a workflow from its Manual Trigger, in a process of its own. */
	async execute(id: string): Promise<Execution> {
		const stdout = await runCommand({
			...this.n8n('Running the workflow', 'execute', `--id=${id}`, '--rawOutput'),
			stdoutFile: join(this.folder, 'execution.json'),
		});
		return readExecution(stdout);
	}

	/** Starts it and waits until it can be used; published webhooks follow a little later. */
	async start(role: Role = 'main'): Promise<RunningCommand> {
		const [command, ready] = ROLES[role];
		return await startServer(this.n8n('Starting n8n', command), ready, 120);
	}

	/** The address of a published webhook or form, as soon as it answers to the method. */
	async webhook(path: string, method = 'POST', kind = 'webhook'): Promise<string> {
		const url = `${this.url}/${kind}/${path}`;
		// n8n says nowhere that it is done. This question, a browser's before a request from another
		// origin, starts no workflow.
		const question = { method: 'OPTIONS', headers: { origin: this.url } };
		for (let attempt = 0; attempt < 100; attempt++) {
			const { headers } = await fetch(url, question);
			if (headers.get('access-control-allow-methods')?.includes(method)) return url;
			await wait(100);
		}
		throw new Problem(`The webhook ${url} did not come up within ten seconds.`);
	}

	private async importJson(what: string, command: string, value: unknown): Promise<void> {
		const input = join(this.folder, 'import.json');
		writeFileSync(input, JSON.stringify(value));
		await runCommand(this.n8n(what, command, `--input=${input}`));
	}

	private n8n(what: string, ...args: string[]): Command {
		return {
			what,
			file: this.host.node,
			args: ['--require', join(__dirname, 'guard.cjs'), this.host.n8n, ...args],
			// n8n reads a .env file from where it is started.
			cwd: this.folder,
			env: this.env,
			guarded: true,
		};
	}
}
