import { LOOK_UP, SUBJECTS } from '../../harness/subjects.cts';
import type { CredentialExport } from '../../host/instance.cts';
import { credentialsFor } from '../../host/offboarding.cts';
import { postJson } from '../../host/postJson.cts';
import { serve, type Served } from '../../host/served.cts';
import { packed } from '../../package/packed.cts';
import { SEED, SERVICE_NAMES, STAFF } from '../../simulators/index.cts';
import type { ServiceName, Simulators } from '../../simulators/index.cts';
import { flow, json, ours, webhook } from '../flow.cts';

/** A node that deactivates the leaver with a credential. */
interface Case {
	readonly service: ServiceName;
	readonly parameters: object;
	readonly credential: CredentialExport;
}

/** Cases that a webhook runs one after the other, whatever happens to them. */
export interface Group {
	readonly path: string;
	readonly cases: readonly Case[];
}

/** The credential types whose token is fetched, and how a node chooses them. */
const WITH_TOKEN = [
	{
		service: 'zitadel',
		type: 'zitadelClientCredentialsApi',
		authentication: 'clientCredentials',
		data: { clientId: SEED.zitadel.client.id, clientSecret: SEED.zitadel.client.secret },
	},
	{
		service: 'awork',
		type: 'aworkAdminOAuth2Api',
		authentication: 'oAuth2',
		data: {
			clientId: 'client',
			clientSecret: 'client-secret',
			// As after 'Connect'.
			oauthTokenData: { access_token: SEED.awork.secrets.valid, token_type: 'Bearer' },
		},
	},
] as const;

/**
 * A case for each credential type: those with a key, then those whose token is fetched.
 * @param addressOf fields of the credential that say where the service is
 */
export function groupOf(
	path: string,
	simulators: Simulators,
	addressOf: (service: ServiceName) => object,
	services: readonly ServiceName[] = SERVICE_NAMES,
): Group {
	const withKey = credentialsFor(simulators)
		.filter(({ id }) => id in SUBJECTS)
		.map(({ id, type, data }) => ({ service: id as ServiceName, type, data, authentication: '' }));
	const cases = [...withKey, ...WITH_TOKEN]
		.filter(({ service }) => services.includes(service))
		.map(({ service, type, data, authentication }) => ({
			service,
			parameters: {
				...SUBJECTS[service].parameters(STAFF.leaver),
				...(authentication !== '' && { authentication }),
			},
			credential: {
				id: `${path}-${type}`,
				name: type,
				type,
				data: { ...data, allowHttp: true, ...addressOf(service) },
			},
		}));
	return { path, cases };
}

/** A real n8n with these settings, in which all cases can be run. */
export async function serveGroups(
	settings: NodeJS.ProcessEnv,
	groups: readonly Group[],
): Promise<Served> {
	const credentials = groups.flatMap(({ cases }) => cases.map(({ credential }) => credential));
	const n8n = await serve(packed().tarball, settings, credentials);
	for (const { path, cases } of groups) {
		const steps = cases.map(({ service, parameters, credential: { id, type } }) => {
			const settingsOfNode = { onError: 'continueRegularOutput', credentials: { [type]: { id } } };
			return ours(service, type, parameters, settingsOfNode);
		});
		const outcomes = steps.map(({ name }) => `"${name}": $("${name}").first().json`);
		const last = json('Outcomes', `={{ ({ ${outcomes.join(', ')} }) }}`);
		await n8n.editor.publish(flow(path, webhook(path), [...steps, last]));
	}
	return n8n;
}

/** Runs the cases, and gives what came of each, by its credential type. */
export async function run({ instance }: Served, { path }: Group): Promise<object> {
	return (await (await postJson(await instance.webhook(path), {})).json()) as object;
}

const byType = ({ cases }: Group, outcomeOf: (one: Case, index: number) => unknown) =>
	Object.fromEntries(cases.map((one, index) => [one.credential.type, outcomeOf(one, index)]));

/** What cases come to if the service is reached. The account of an earlier case is done already. */
export const reached = (group: Group) =>
	byType(group, ({ service }, index) => {
		const isFirst = group.cases.findIndex((one) => one.service === service) === index;
		const outcome = isFirst ? 'deactivated' : 'alreadyDeactivated';
		return expect.objectContaining({ service, outcome });
	});

/** What cases come to if they fail, with words of the message and of what to do. */
export const failed = (group: Group, reason: string, message: string, advice: RegExp) =>
	byType(group, ({ service }) =>
		expect.objectContaining({
			outcome: 'failed',
			error: expect.stringContaining(message),
			details: expect.objectContaining({
				service,
				reason,
				description: expect.stringMatching(advice),
			}),
		}),
	);

/** The test of OAuth2 is n8n's own, and asks nobody. */
const isTested = (type: string) => type !== 'aworkAdminOAuth2Api';

/** What the editor shows for tests of credentials and for lists of users: each as text. */
export async function testsAndLists({ editor }: Served, { cases }: Group) {
	const tests: string[] = [];
	const lists: string[] = [];
	for (const { service, parameters, credential } of cases) {
		const { id, name, type } = credential;
		if (isTested(type)) {
			const body = { credentials: credential };
			tests.push(JSON.stringify(await editor.post('/rest/credentials/test', body)));
		}
		if (!LOOK_UP.includes(service)) continue;
		const list = editor.post('/rest/dynamic-node-parameters/resource-locator-results', {
			path: 'parameters.userId',
			methodName: 'searchUsers',
			nodeTypeAndVersion: { name: `n8n-nodes-offboarding.${service}`, version: 1 },
			currentNodeParameters: parameters,
			credentials: { [type]: { id, name } },
		});
		lists.push(await list.then(JSON.stringify, String));
	}
	return { tests, lists };
}

/** What that is if all services are reached. */
export const answered = ({ cases }: Group) => {
	const tests = cases.filter(({ credential }) => isTested(credential.type));
	const lists = cases.filter(({ service }) => LOOK_UP.includes(service));
	return {
		tests: tests.map((): unknown => expect.stringContaining('"status":"OK"')),
		lists: lists.map((): unknown => expect.stringContaining(STAFF.leaver.email)),
	};
};
