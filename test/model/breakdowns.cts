import type { WireAnswer } from './inProcess.cts';
import { deactivating, json, type Meeting, type NoAnswer, type Oddity } from './oddity.cts';
import type { ServiceName } from './services.cts';

/** Oddities of the way there and back, which any service may be behind. */

const HTML: WireAnswer = {
	status: 200,
	headers: { 'content-type': 'text/html' },
	text: '<!doctype html><title>Sign in</title><h1>Please sign in</h1>',
};

const broken = (code: string, message: string): NoAnswer => ({ code, message });

const DROPPED = broken('ECONNRESET', 'socket hang up');

/** In place of the service, which never hears of the request. */
function instead(answer: WireAnswer | NoAnswer, facts: Partial<Oddity> = {}): Oddity {
	return { ...facts, meet: async () => await Promise.resolve(answer) };
}

/** After the service carried the change out. */
function afterwards(answer: WireAnswer | NoAnswer, facts: Partial<Oddity> = {}): Oddity {
	const meet = async ({ forward }: Meeting) => {
		await forward();
		return answer;
	};
	return { on: ['change'], weight: 2, ...facts, meet };
}

const status = (code: number, headers: Record<string, string> = {}): WireAnswer =>
	json(code, { message: `Status ${code}` }, headers);

const NO_SUCH_USER: Readonly<Record<ServiceName, unknown>> = {
	langdock: { message: 'User not found or not an active member' },
	odeus: { message: 'User not found or not an active member' },
	aitronos: { success: false, error: { code: 'USER_NOT_FOUND', message: 'User not found' } },
	zitadel: grpc(5, 'User could not be found', 'COMMAND-5gp2p62iin'),
	awork: { code: 'not-found', description: 'The user was not found.', link: '' },
	scim: scimError('404', 'User not found'),
};

const ALREADY_DONE: Readonly<Record<ServiceName, unknown>> = {
	...NO_SUCH_USER,
	aitronos: { success: false, error: { code: 'USER_ALREADY_DEACTIVATED', message: 'Is already' } },
	zitadel: grpc(9, 'User already inactive', 'COMMAND-5gunjw0cd7'),
	awork: { code: 'deactivated-user', description: 'The user is deactivated.', link: '' },
};

/** SCIM's form of an error. */
function scimError(code: string, detail: string): unknown {
	return { schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'], status: code, detail };
}

/** ZITADEL's form of an error. */
export function grpc(code: number, message: string, id: string): unknown {
	const detail = { '@type': 'type.googleapis.com/zitadel.v1.ErrorDetail', id, message };
	return { code, message: `${message} (${id})`, details: [detail] };
}

function saying(code: number, bodies: Readonly<Record<ServiceName, unknown>>): Oddity {
	const meet = async ({ service }: Meeting) => await Promise.resolve(json(code, bodies[service]));
	return { on: ['change', 'read', 'list'], meet };
}

/** The credential that came with the request, as a careless service repeats it. */
function echo(form: (credential: string) => string): Oddity {
	const meet = async ({ request }: Meeting) => {
		const credential = request.headers['x-api-key'] ?? request.headers.authorization ?? '';
		const said = `Not valid: ${form(credential.replace(/^Bearer /, ''))}`;
		const body = { message: said, description: said, error: { message: said, code: 'INVALID' } };
		return await Promise.resolve(json(400, { ...body, code: 'invalid' }));
	};
	return { meet };
}

const base64 = (text: string) => Buffer.from(text).toString('base64');

export const BREAKDOWNS = {
	'dropped before': instead(DROPPED),
	'dropped after the change': afterwards(DROPPED),
	'503': instead(status(503)),
	'503 with Retry-After 0': instead(status(503, { 'retry-after': '0' })),
	'503 with Retry-After 7': instead(status(503, { 'retry-after': '7' })),
	'503 after the change': afterwards(status(503)),
	'500 after the change': afterwards(status(500)),
	'429': instead(status(429)),
	'429 with Retry-After': instead(status(429, { 'retry-after': '2' })),
	silence: instead('silence'),
	'silence after the change': afterwards('silence'),
	'HPE_INVALID_CONSTANT after the change': afterwards(
		broken('HPE_INVALID_CONSTANT', 'Parse Error: Expected HTTP/'),
	),
	'Z_DATA_ERROR after the change': afterwards(broken('Z_DATA_ERROR', 'incorrect header check')),
	'premature close after the change': afterwards(
		broken('ERR_STREAM_PREMATURE_CLOSE', 'Premature close'),
	),
	'malformed JSON after the change': afterwards({ ...status(200), text: '{"status":"succ' }),
	'HTML after the change': afterwards(HTML),
	'HTML instead': instead(HTML),
	redirect: instead({ ...status(307), headers: { location: 'https://elsewhere.example.net/' } }),
	'error in a 200': instead(json(200, { error: 'upstream failed' })),
	'error in a 202': instead(json(202, { error: { message: 'queued' } }), {
		on: ['change'],
		weight: 2,
	}),
	// At awork an empty answer to a change is documented.
	'empty 200': instead(
		{ ...status(200), text: '' },
		{
			at: ['langdock', 'odeus', 'aitronos', 'zitadel', 'scim'],
			on: ['change', 'read'],
			weight: 2,
		},
	),
	'404 of a proxy': instead({ ...HTML, status: 404 }),
	'404 of a gateway': instead(json(404, { message: 'no Route matched with those values' })),
	'no such user in a 401': saying(401, NO_SUCH_USER),
	'no such user in a 500': saying(500, NO_SUCH_USER),
	'already done in a 500': { ...saying(500, ALREADY_DONE), on: ['change'], weight: 2 },
	'own account not found': {
		...saying(404, NO_SUCH_USER),
		at: ['zitadel', 'awork', 'aitronos'],
		on: ['me'],
		weight: 5,
	},
	'no answer, then no such user': {
		...instead(status(503)),
		at: ['langdock', 'odeus'],
		on: ['change'],
		weight: 3,
		arrange: (history) => ({
			...deactivating(history),
			items: history.items.map((item) => ({ ...item, person: 'nobody' as const })),
		}),
	},
	'echo of the secret': echo((secret) => secret),
	'echo of the secret, URL-encoded': echo((secret) => encodeURIComponent(`${secret}:`)),
	'echo of the secret in base64': echo(base64),
	'echo of the secret as Basic': echo((secret) => `Basic ${base64(`offboarding:${secret}`)}`),
} satisfies Record<string, Oddity>;
