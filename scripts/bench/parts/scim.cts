import { byEmail } from '../../../test/harness/locators.cts';
import { credentialOf } from '../../../test/harness/subjects.cts';
import { scimAccount, SEED, startScim } from '../../../test/simulators/index.cts';
import type { ScimSimulator } from '../../../test/simulators/index.cts';
import { ADDRESS_PATTERN, addressOf } from '../place.cts';
import type { PartReport } from '../report.cts';
import { has } from '../sides.cts';
import { takeTurns } from '../turns.cts';
import type { Bench, Turn, TurnNode, Verdict } from '../turns.cts';
import { refuse } from '../verdict.cts';

const USERS = 1000;
const WARM_UP_USERS = 200;
const LATENCY_MS = 20;

/** One way to deactivate many users of an app with SCIM. */
interface Side {
	readonly title: string;
	node(baseUrl: string): TurnNode;
	/** What an item that comes out says of a user who is deactivated. */
	readonly done: object;
}

/**
 * How fast many users of an app with SCIM are deactivated, beside two HTTP Request nodes that look
 * them up and change them. Ours also reads each user before and after the change.
 */
export async function scim(bench: Bench, rounds: number): Promise<PartReport> {
	const turns = { ours: turn(ours), httpRequest: turn(httpRequest) };
	const { ratio, showings } = await takeTurns(bench, turns, rounds);
	return {
		title: `SCIM: ${LATENCY_MS} ms for each answer, beside two HTTP Request nodes (look-up, change)`,
		figures: { ratioToHttpRequest: ratio('ours', 'httpRequest') },
		atMost: { ratioToHttpRequest: 0.6 },
		turns: showings,
	};
}

const ours: Side = {
	title: 'ours, default options',
	node: (baseUrl) => ({
		type: 'n8n-nodes-offboarding.scim',
		typeVersion: 1,
		parameters: {
			operation: 'deactivate',
			authentication: 'token',
			userId: byEmail('={{ $json.email }}'),
			options: { safetyLimit: 0 },
		},
		credentials: credentialOf('scim', baseUrl),
	}),
	done: { outcome: 'deactivated', changed: true, verified: true },
};

const request = (parameters: object) => ({
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.5,
	parameters: {
		authentication: 'genericCredentialType',
		genericAuthType: 'httpHeaderAuth',
		// It does not take SCIM's media type for JSON by itself.
		options: { response: { response: { responseFormat: 'json' } } },
		...parameters,
	},
});

const httpRequest: Side = {
	title: 'HTTP Request of n8n, twice',
	node: (baseUrl) => ({
		before: request({
			url: `${baseUrl}/Users`,
			sendQuery: true,
			queryParameters: {
				parameters: [{ name: 'filter', value: '=userName eq "{{ $json.email }}"' }],
			},
		}),
		...request({
			method: 'PATCH',
			url: `=${baseUrl}/Users/{{ encodeURIComponent($json.Resources[0].id) }}`,
			sendBody: true,
			specifyBody: 'json',
			jsonBody: JSON.stringify({
				schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
				Operations: [{ op: 'replace', path: 'active', value: false }],
			}),
		}),
		credentials: {
			httpHeaderAuth: { name: 'Authorization', value: `Bearer ${SEED.scim.secrets.valid}` },
		},
	}),
	done: { active: false },
};

function turn(side: Side): Turn {
	return {
		title: side.title,
		users: USERS,
		async open(_, { isWarmUp }) {
			const count = isWarmUp ? WARM_UP_USERS : USERS;
			const app = await startScim({
				latencyMs: isWarmUp ? 0 : LATENCY_MS,
				accounts: Array.from({ length: count }, (_, number) => {
					const person = { givenName: 'Person', familyName: String(number) };
					return scimAccount(`person/${number}`, { ...person, email: addressOf(number) });
				}),
			});
			return {
				people: { count, pattern: ADDRESS_PATTERN },
				node: side.node(app.baseUrl),
				judge: (items) => judge(side, items, app),
			};
		},
	};
}

function judge({ title, done }: Side, items: readonly unknown[], app: ScimSimulator): Verdict {
	const { violations, requests } = app;
	const accounts = app.accounts();
	const active = accounts.filter(({ state }) => state === 'active');
	const failed = items.find((item) => !has(item, done));
	refuse(`'${title}' (SCIM)`, [
		items.length !== accounts.length && `${items.length} items came out`,
		failed !== undefined && `one is not done: ${JSON.stringify(failed)}`,
		active.length > 0 && `${active.length} users are still active`,
		violations.length > 0 && `${violations.length} requests were wrong: ${violations[0]?.problem}`,
	]);
	return { done: items.length, unreported: 0, requests: requests.length, shareBeyond: 0 };
}
