import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import type { CredentialExport } from '../../host/instance.cts';
import type { Person } from '../../simulators/index.cts';

const TOKEN = 'only-for-tests-only-for-tests-only';
const HEADERS = { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/scim+json' };

interface User {
	readonly id: string;
	readonly userName: string;
	readonly active?: boolean;
}

/** An app with SCIM: SCIMMY's server, which nobody here wrote. Its users stay until it is closed. */
export class App {
	private constructor(
		readonly name: string,
		private readonly server: ChildProcess,
		private readonly baseUrl: string,
	) {}

	static async open(name: string): Promise<App> {
		const path = join(__dirname, '../../nodes/Scim/peers/scimmy.mjs');
		const server = spawn(process.execPath, [path], {
			env: { ...process.env, TOKEN },
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		const [baseUrl] = (await once(createInterface(server.stdout), 'line')) as [string];
		return new App(name, server, baseUrl);
	}

	close(): void {
		this.server.kill();
	}

	/** Named after the app, as its ID is. */
	get credential(): CredentialExport {
		const { name, baseUrl } = this;
		const data = { baseUrl, appName: name, authentication: 'bearer', accessToken: TOKEN };
		return { id: name, name, type: 'scimAdminApi', data };
	}

	/** Gives somebody an active account. */
	async add({ email }: Person): Promise<void> {
		await this.ask('POST', '/Users', {
			schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
			userName: email,
			emails: [{ value: email, primary: true }],
			active: true,
		});
	}

	/** Who is active, by user name. */
	async active(): Promise<string[]> {
		return (await this.users()).filter(({ active }) => active).map(({ userName }) => userName);
	}

	/** What a directory sync does to people whom somebody else took away: all are active again. */
	async activateAll(): Promise<void> {
		for (const user of await this.users()) {
			await this.ask('PUT', `/Users/${user.id}`, { ...user, active: true });
		}
	}

	private async users(): Promise<readonly User[]> {
		const { Resources } = (await this.ask('GET', '/Users')) as { Resources: readonly User[] };
		return Resources;
	}

	private async ask(method: string, path: string, body?: object): Promise<unknown> {
		const response = await fetch(`${this.baseUrl}${path}`, {
			method,
			headers: HEADERS,
			...(body && { body: JSON.stringify(body) }),
		});
		if (!response.ok) throw new Error(`${this.name}: ${response.status} to ${method} ${path}`);
		return await response.json();
	}
}
