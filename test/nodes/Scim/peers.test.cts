import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import type { IHttpRequestOptions } from 'n8n-workflow';

import { scim } from '../../../nodes/Scim/scim';
import { first, scriptedRun } from '../scriptedRun.cts';

const TOKEN = 'only-for-tests-only-for-tests-only';
const HEADERS = { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/scim+json' };

/** Servers that nobody here wrote: the node has to work with them as they are. */
describe.each(['scimmy', 'betterAuth'])('the SCIM server %s', (name) => {
	let server: ChildProcess;
	let baseUrl: string;
	let userId: string;

	const forward = async ({ method, url, headers, body }: IHttpRequestOptions) => {
		const all = { ...headers, ...HEADERS };
		const response = await fetch(url, { method, headers: all, body } as RequestInit);
		return {
			status: response.status,
			headers: Object.fromEntries(response.headers),
			body: await response.text(),
		};
	};

	beforeAll(async () => {
		server = spawn(process.execPath, [join(__dirname, 'peers', `${name}.mjs`)], {
			env: { ...process.env, TOKEN },
			stdio: ['ignore', 'pipe', 'ignore'],
		});
		const [address] = (await once(createInterface(server.stdout!), 'line')) as [string];
		baseUrl = address;
		const created = await forward({
			method: 'POST',
			url: `${baseUrl}/Users`,
			body: JSON.stringify({
				schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
				userName: 'kim',
				externalId: 'HR-kim',
				emails: [{ value: 'kim@example.org', primary: true }],
				active: true,
			}),
		});
		userId = (JSON.parse(created.body) as { id: string }).id;
	});
	afterAll(() => server.kill());

	const run = async (operation: string, mode: string, value: string, updateMethod = 'automatic') =>
		first(
			await scriptedRun(scim, {
				parameters: { operation, userId: { mode, value }, updateMethod },
				credential: { baseUrl },
				continueOnFail: true,
				answers: forward,
			}),
		);

	it.each([
		['email', 'KIM@example.org', 'automatic'],
		['userName', 'Kim', 'patch'],
		['externalId', 'HR-kim', 'put'],
	])('deactivates and reactivates a user by %s', async (mode, value, method) => {
		expect(await run('deactivate', mode, value, method)).toMatchObject({
			outcome: 'deactivated',
			userId,
			stateBefore: 'active',
			stateAfter: 'deactivated',
			verified: true,
		});
		expect(await run('deactivate', 'id', userId)).toMatchObject({ outcome: 'alreadyDeactivated' });
		expect(await run('get', mode, value)).toMatchObject({ stateAfter: 'deactivated' });
		expect(await run('reactivate', mode, value, method)).toMatchObject({
			outcome: 'reactivated',
			stateAfter: 'active',
		});
	});

	it.each(['email', 'id'])('finds nobody by an unknown %s', async (mode) => {
		const details = { reason: 'notFound' };
		expect(await run('get', mode, 'ki@example.org')).toMatchObject({ details });
	});
});
