import { LOOK_UP, SUBJECTS } from '../../harness/subjects.cts';
import type { Editor } from '../../host/editor.cts';
import { credentialsFor } from '../../host/offboarding.cts';
import type { Served } from '../../host/served.cts';
import { SEED, STAFF } from '../../simulators/index.cts';
import type { ServiceName, Simulators } from '../../simulators/index.cts';

/** A credential type, and a node that deactivates the leaver with it. */
export interface Case {
	readonly service: ServiceName;
	readonly type: string;
	readonly parameters: object;
	/** What is in the credential beside the address. */
	readonly secrets: object;
}

function parametersFor(service: ServiceName, authentication: object = {}): object {
	const fields = SUBJECTS[service].parameters(STAFF.leaver);
	return { resource: 'user', operation: 'deactivate', ...fields, ...authentication };
}

/** One for each credential type: those with a key, then those whose token is fetched. */
export function casesFor(simulators: Simulators): Case[] {
	const withKey = credentialsFor(simulators)
		.filter(({ id }) => id in SUBJECTS)
		.map(({ id, type, data }) => {
			const service = id as ServiceName;
			return { service, type, parameters: parametersFor(service), secrets: data };
		});
	return [...withKey, ...TOKEN_CASES];
}

const TOKEN_CASES: readonly Case[] = [
	{
		service: 'zitadel',
		type: 'zitadelClientCredentialsApi',
		parameters: parametersFor('zitadel', { authentication: 'clientCredentials' }),
		secrets: { clientId: SEED.zitadel.client.id, clientSecret: SEED.zitadel.client.secret },
	},
	{
		service: 'awork',
		type: 'aworkAdminOAuth2Api',
		parameters: parametersFor('awork', { authentication: 'oAuth2' }),
		secrets: {
			clientId: 'client',
			clientSecret: 'client-secret',
			// As after 'Connect'.
			oauthTokenData: { access_token: SEED.awork.secrets.valid, token_type: 'Bearer' },
		},
	},
];

/** A case with its credential in n8n. */
export interface Prepared extends Case {
	readonly data: object;
	readonly credential: { readonly id: string; readonly name: string };
}

/**
 * Adds a credential for each case, and publishes a webhook that runs all of them one after the
 * other, whatever happens to them.
 *
 * @param addressOf fields of the credential that say where the service is
 */
export async function prepare(
	editor: Editor,
	path: string,
	cases: readonly Case[],
	addressOf: (service: ServiceName) => object,
): Promise<Prepared[]> {
	const prepared: Prepared[] = [];
	for (const entry of cases) {
		const { type, service, secrets } = entry;
		const data = { ...secrets, allowHttp: true, ...addressOf(service) };
		const id = await editor.addCredential({ name: type, type, data });
		prepared.push({ ...entry, data, credential: { id, name: type } });
	}
	await editor.publish({ name: path, ...chain(path, prepared) });
	return prepared;
}

function chain(path: string, cases: readonly Prepared[]) {
	const steps = cases.map(({ service, type, parameters, credential }) => ({
		name: type,
		type: `n8n-nodes-offboarding.${service}`,
		typeVersion: 1,
		onError: 'continueRegularOutput',
		parameters,
		credentials: { [type]: credential },
	}));
	const outcomes = steps.map(({ name }) => `"${name}": $("${name}").first().json`);
	const nodes = [
		{
			name: 'Webhook',
			type: 'n8n-nodes-base.webhook',
			typeVersion: 2.1,
			webhookId: path,
			parameters: { httpMethod: 'POST', path, responseMode: 'lastNode', options: {} },
		},
		...steps,
		{
			name: 'Outcomes',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: { mode: 'raw', jsonOutput: `={{ ({ ${outcomes.join(', ')} }) }}`, options: {} },
		},
	];
	const to = (node: string) => ({ main: [[{ node, type: 'main', index: 0 }]] });
	return {
		nodes: nodes.map((node, index) => ({ id: `${path}-${index}`, position: [0, 0], ...node })),
		connections: Object.fromEntries(
			nodes.slice(1).map(({ name }, index) => [nodes[index]?.name, to(name)]),
		),
	};
}

/** Runs the cases behind a webhook, and gives what came of each, by its credential type. */
export async function runCases({ instance }: Served, path: string): Promise<object> {
	const response = await fetch(await instance.webhook(path), { method: 'POST' });
	return (await response.json()) as object;
}

const isSecond = (type: string): boolean => TOKEN_CASES.some((entry) => entry.type === type);

/** What a case comes to if its service is reached. The account of an earlier case is taken over. */
export function reached(cases: readonly Case[]): object {
	return Object.fromEntries(
		cases.map(({ type, service }) => [
			type,
			expect.objectContaining({
				service,
				outcome: isSecond(type) ? 'alreadyDeactivated' : 'deactivated',
			}),
		]),
	);
}

/** What a case comes to if it fails, with words of the message and of what to do. */
export function failed(
	cases: readonly Case[],
	reason: string,
	message: string,
	...advice: string[]
): object {
	return Object.fromEntries(
		cases.map(({ type, service }) => [
			type,
			expect.objectContaining({
				outcome: 'failed',
				error: expect.stringContaining(message),
				details: expect.objectContaining({
					service,
					reason,
					description: expect.stringMatching(new RegExp(advice.join('[^]*'))),
				}),
			}),
		]),
	);
}

/** Presses 'Test' in the dialog of each credential that has a test of ours and not n8n's. */
async function testResults({ editor }: Served, all: readonly Prepared[]): Promise<unknown[]> {
	const results = [];
	for (const { type, data, credential } of all) {
		if (type === 'aworkAdminOAuth2Api') continue;
		const body = { credentials: { ...credential, type, data } };
		results.push(await editor.post<unknown>('/rest/credentials/test', body));
	}
	return results;
}

/** Opens the list of users in a node. */
async function listUsers({ editor }: Served, one: Prepared): Promise<unknown> {
	const { service, type, parameters, credential } = one;
	return await editor.post('/rest/dynamic-node-parameters/resource-locator-results', {
		path: 'parameters.userId',
		methodName: 'searchUsers',
		nodeTypeAndVersion: { name: `n8n-nodes-offboarding.${service}`, version: 1 },
		currentNodeParameters: parameters,
		credentials: { [type]: credential },
	});
}

const withList = (all: readonly Prepared[]) =>
	all.filter(({ service }) => LOOK_UP.includes(service));

/** That tests of credentials and lists of users reach the services. */
export async function expectTestsAndLists(n8n: Served, all: readonly Prepared[]): Promise<void> {
	for (const result of await testResults(n8n, all)) expect(result).toMatchObject({ status: 'OK' });
	const name = expect.stringContaining(STAFF.leaver.email) as string;
	for (const one of withList(all)) {
		expect(await listUsers(n8n, one)).toMatchObject({
			results: expect.arrayContaining([expect.objectContaining({ name })]) as object,
		});
	}
}

/** That tests of credentials and lists of users are refused, with words of the message. */
export async function expectNoTestsAndLists(
	n8n: Served,
	all: readonly Prepared[],
	message: string,
	...advice: string[]
): Promise<void> {
	for (const result of await testResults(n8n, all)) {
		const said = expect.stringMatching(new RegExp([message, ...advice].join('[^]*'))) as string;
		expect(result).toEqual({ status: 'Error', message: said });
	}
	for (const one of withList(all)) {
		await expect(listUsers(n8n, one)).rejects.toThrow(message);
	}
}
