import { byEmail } from '../../../test/harness/locators.cts';
import { credentialOf } from '../../../test/harness/subjects.cts';
import { scimAccount, SEED, startScim } from '../../../test/simulators/index.cts';
import { addressesOf, ADDRESS_PATTERN } from '../service.cts';
import { has, request } from '../sides.cts';
import { takeTurns } from '../turns.cts';
import type { Bench, PartReport, Turn, TurnNode } from '../turns.cts';

const USERS = 1000;
const WARM_UP_USERS = 200;
const LATENCY_MS = 20;

/**
 * How fast many users of an app with SCIM are deactivated, beside two HTTP Request nodes that look
 * them up and change them. Ours also reads each user before and after the change.
 */
export async function scim(bench: Bench, rounds: number): Promise<PartReport> {
	const turns = {
		ours: turn(ours, { outcome: 'deactivated', verified: true }),
		httpRequest: turn(httpRequest, { active: false }),
	};
	const { ratio, showings } = await takeTurns(bench, turns, rounds);
	return {
		figures: { ratioToHttpRequest: ratio('ours', 'httpRequest') },
		atMost: { ratioToHttpRequest: 0.6 },
		turns: showings,
	};
}

const ours = (): TurnNode[] => [
	{
		type: 'n8n-nodes-offboarding.scim',
		parameters: {
			operation: 'deactivate',
			authentication: 'token',
			userId: byEmail('={{ $json.email }}'),
			options: { safetyLimit: 0 },
		},
	},
];

/** It does not take SCIM's media type for JSON by itself. */
const options = { response: { response: { responseFormat: 'json' } } };

const httpRequest = (baseUrl: string): TurnNode[] => [
	request({
		options,
		url: `${baseUrl}/Users`,
		sendQuery: true,
		queryParameters: {
			parameters: [{ name: 'filter', value: '=userName eq "{{ $json.email }}"' }],
		},
	}),
	request({
		options,
		method: 'PATCH',
		url: `=${baseUrl}/Users/{{ encodeURIComponent($json.Resources[0].id) }}`,
		sendBody: true,
		specifyBody: 'json',
		jsonBody: JSON.stringify({
			schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
			Operations: [{ op: 'replace', path: 'active', value: false }],
		}),
	}),
];

/** @param done what an item that comes out says of a user who is deactivated */
function turn(nodesAt: (baseUrl: string) => TurnNode[], done: object): Turn {
	return {
		users: USERS,
		async open(isWarmUp) {
			const count = isWarmUp ? WARM_UP_USERS : USERS;
			const person = { givenName: 'Person', familyName: 'Example' };
			const app = await startScim({
				latencyMs: isWarmUp ? 0 : LATENCY_MS,
				accounts: addressesOf(count).map((email, number) =>
					scimAccount(`person/${number}`, { ...person, email }),
				),
			});
			return {
				people: { count, pattern: ADDRESS_PATTERN },
				nodes: nodesAt(app.baseUrl),
				credentials: {
					...credentialOf('scim', app.baseUrl),
					httpHeaderAuth: { name: 'Authorization', value: `Bearer ${SEED.scim.secrets.valid}` },
				},
				judge(items) {
					const { violations, requests } = app;
					const active = app.accounts().filter(({ state }) => state === 'active').length;
					const failed = items.find((item) => !has(item, done));
					const [wrong] = violations;
					const problems = [
						items.length !== count && `${items.length} items came out`,
						failed !== undefined && `one is not done: ${JSON.stringify(failed)}`,
						active > 0 && `${active} users are still active`,
						wrong !== undefined && `${violations.length} requests were wrong: ${wrong.problem}`,
					];
					return { problems, done: items.length, requests: requests.length };
				},
			};
		},
	};
}
