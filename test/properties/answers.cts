import fc from 'fast-check';

import { SECRET, type ScriptedAnswer } from '../nodes/scriptedRun.cts';
import type { Asked, Kind, Reply } from './documented.cts';
import { hostileJson, hostileObject, hostileText, hostileValue } from './values.cts';

/** Turns one documented reply into what arrives. */
export interface Answer {
	/** Name of a documented reply; it stands for another where the request has none of that name. */
	reply: string;
	/** What is done to its body, one after the other. */
	changes: Change[];
	/** What is done to the text of it. */
	damage: Damage;
	status?: number | undefined;
	headers: Record<string, unknown>;
	/** In the place of it all. */
	instead?: ScriptedAnswer | undefined;
}

/** One place of a JSON value, and what happens to it. */
interface Change {
	place: number;
	how: 'remove' | 'replace' | 'repeat' | 'wrap' | 'rename';
	value: unknown;
}

type Damage = 'none' | 'cut' | 'html' | 'twice' | 'bom' | 'escaped' | 'replacement' | 'empty';

/** A key that a service repeats in what it answers. */
const leaking = fc.oneof(
	{ weight: 6, arbitrary: hostileJson },
	{ weight: 1, arbitrary: fc.constantFrom(SECRET, `Bearer ${SECRET}`, { key: [SECRET] }) },
	{ weight: 1, arbitrary: fc.constantFrom({ [SECRET]: SECRET }, SECRET.repeat(3)) },
);

const change: fc.Arbitrary<Change> = fc.record({
	place: fc.nat(60),
	how: fc.constantFrom('remove', 'replace', 'replace', 'replace', 'repeat', 'wrap', 'rename'),
	value: leaking,
});

const headers = hostileObject(
	fc.constantFrom(
		...['retry-after', 'date', 'ratelimit-reset', 'x-ratelimit-reset', 'trace-id', 'location'],
		...['content-type', 'content-length', '__proto__', 'constructor', 'set-cookie'],
	),
	fc.oneof(
		fc.constantFrom<unknown>(
			'0',
			'1',
			'86400',
			'1e9',
			'-1',
			SECRET,
			[SECRET],
			['1', '2'],
			undefined,
		),
		fc.constantFrom('text/html', 'application/json', 'Fri, 21 Nov 2036 07:00:00 GMT', ''),
		hostileValue,
	),
) as fc.Arbitrary<Record<string, unknown>>;

const status = fc.oneof(
	fc.constantFrom(200, 201, 202, 204, 206, 301, 302, 304, 400, 401, 403, 404, 405, 408, 409, 410),
	fc.constantFrom(418, 422, 425, 429, 451, 500, 501, 502, 503, 504, 520, 524, 530, 599),
	fc.integer({ min: 100, max: 999 }),
);

/** As n8n's helper rejects: with the request, and the key in it, hanging on the error. */
const rejection = fc
	.constantFrom(
		...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'],
		...['ERR_CANCELED', 'ERR_INVALID_CHAR', 'ERR_BAD_RESPONSE', 'CERT_HAS_EXPIRED', 'E?', SECRET],
	)
	.map((code): ScriptedAnswer => {
		const config = { headers: { Authorization: `Bearer ${SECRET}` } };
		const cause = Object.assign(new Error(`${code} ${SECRET}`), { code, config });
		return { reject: Object.assign(new Error(`${code} ${SECRET}`), { httpCode: code, cause }) };
	});

const deep = fc
	.tuple(
		fc.constantFrom('[', '{"a":', '{"details":', '{"error":'),
		fc.constantFrom(50, 5000, 50_000),
	)
	.map(([open, depth]) => open.repeat(depth) + '1' + (open === '[' ? ']' : '}').repeat(depth));

const anyBody = fc.oneof(
	{ weight: 4, arbitrary: leaking.map((value) => JSON.stringify(value) as string | undefined) },
	{ weight: 2, arbitrary: hostileText },
	{
		weight: 1,
		arbitrary: fc.constantFrom('<!doctype html><title>Sign in</title>', '{}', '[]', 'null'),
	},
	{ weight: 1, arbitrary: deep },
);

const anyAnswer: fc.Arbitrary<ScriptedAnswer> = fc.oneof(
	{ weight: 4, arbitrary: fc.record({ status, headers, body: anyBody }) },
	{ weight: 1, arbitrary: rejection },
);

const documented: Answer = { reply: 'success', changes: [], damage: 'none', headers: {} };

const REPLIES = [
	...[
		'success',
		'deactivated',
		'locked',
		'invited',
		'archived',
		'other',
		'summary',
		'some',
		'same',
	],
	...['several', 'none', 'alone', 'skipped', 'invalid'],
	...['already', 'nobody', 'forbidden', 'unauthorized', 'refused', 'owner', '404', '401', '500'],
];

/** A request that may have been carried out, and what is answered to the next one. */
const LOST: ScriptedAnswer = { status: 503, headers: {}, body: '' };
const AFTERWARDS = ['already', 'nobody', '404'];

const DAMAGES: Damage[] = ['cut', 'html', 'twice', 'bom', 'escaped', 'replacement', 'empty'];

/** An answer as documented, or nearly so, or not at all. */
const answer: fc.Arbitrary<Answer> = fc.oneof(
	{ weight: 6, arbitrary: fc.constant(documented) },
	{ weight: 3, arbitrary: fc.constant({ ...documented, instead: LOST }) },
	{
		weight: 3,
		arbitrary: fc.constantFrom(...AFTERWARDS).map((reply) => ({ ...documented, reply })),
	},
	{ weight: 5, arbitrary: fc.constantFrom(...REPLIES).map((reply) => ({ ...documented, reply })) },
	{
		weight: 5,
		arbitrary: fc.record({
			reply: fc.constantFrom('success', 'success', ...REPLIES),
			changes: fc.array(change, { minLength: 1, maxLength: 2 }),
			damage: fc.constantFrom<Damage>('none', 'none', 'none', 'escaped'),
			headers,
		}),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			reply: fc.constantFrom(...REPLIES),
			changes: fc.array(change, { maxLength: 1 }),
			damage: fc.constantFrom<Damage>('none', ...DAMAGES),
			status: fc.oneof(fc.constant(undefined), status),
			headers,
		}),
	},
	{ weight: 3, arbitrary: anyAnswer.map((instead) => ({ ...documented, instead })) },
);

/** What a service answers in a run: to each kind of request in turn, the last one for good. */
export type Plan = Readonly<Partial<Record<Kind, readonly Answer[]>>>;

const kinds: readonly Kind[] = [
	...(['find', 'read', 'self', 'rights', 'members', 'deactivate', 'reactivate'] as const),
	...(['listSessions', 'endSession'] as const),
];

export const plan: fc.Arbitrary<Plan> = fc.record(
	Object.fromEntries(kinds.map((kind) => [kind, fc.array(answer, { minLength: 1, maxLength: 3 })])),
	{ requiredKeys: [] },
);

/** Turns a plan into answers for one run. */
export function follow(
	given: Plan,
	repliesTo: (asked: Asked) => Readonly<Record<string, Reply>>,
): (asked: Asked) => ScriptedAnswer {
	const times = new Map<Kind, number>();
	return (asked) => {
		const time = times.get(asked.kind) ?? 0;
		times.set(asked.kind, time + 1);
		const answers = given[asked.kind] ?? [documented];
		const chosen = answers[Math.min(time, answers.length - 1)] ?? documented;
		if (chosen.instead) return chosen.instead;
		const replies = repliesTo(asked);
		const others = Object.values(replies);
		const reply = replies[chosen.reply] ?? others[REPLIES.indexOf(chosen.reply) % others.length];
		if (!reply) throw new Error(`no documented reply to ${asked.kind}`);
		const body = chosen.changes.reduce(changed, structuredClone(reply.body));
		return {
			status: chosen.status ?? reply.status,
			headers: chosen.headers,
			body: damaged(JSON.stringify(body) as string | undefined, chosen.damage),
		};
	};
}

type Slot = { parent: Record<string, unknown>; key: string };

/** Every place of a JSON value. */
function slotsOf(parent: Record<string, unknown>): Slot[] {
	return Object.keys(parent).flatMap((key) => {
		const inner = parent[key];
		const isInside = typeof inner === 'object' && inner !== null;
		return [{ parent, key }, ...(isInside ? slotsOf(inner as Record<string, unknown>) : [])];
	});
}

function changed(body: unknown, { place, how, value }: Change): unknown {
	const root: Record<string, unknown> = { body };
	const slots = slotsOf(root);
	const slot = slots[place % slots.length];
	if (!slot) return body;
	const { parent, key } = slot;
	const before = parent[key];
	switch (how) {
		case 'remove':
			if (Array.isArray(parent)) parent.splice(Number(key), 1);
			else delete parent[key];
			break;
		case 'replace':
			parent[key] = structuredClone(value);
			break;
		case 'repeat':
			parent[key] = Array.isArray(before)
				? [...before, ...structuredClone(before)]
				: [before, before];
			break;
		case 'wrap':
			parent[key] = { [key]: before, data: before };
			break;
		case 'rename':
			delete parent[key];
			parent[key.toUpperCase()] = before;
			break;
	}
	return root.body;
}

function damaged(text: string | undefined, damage: Damage): string {
	if (text === undefined) return '';
	switch (damage) {
		case 'cut':
			return text.slice(0, Math.floor(text.length / 2));
		case 'html':
			return `<html><body>${text}</body></html>`;
		case 'twice':
			return text + text;
		case 'bom':
			return `\ufeff${text}`;
		case 'escaped':
			// As JSON may write any character of a text.
			return text.replace(/"(?:[^"\\]|\\.)*"/g, escaped);
		case 'replacement':
			return text.replace(/[a-z]{3}/, '\ufffd\ufffd');
		case 'empty':
			return '';
		case 'none':
			return text;
	}
}

function escaped(literal: string): string {
	return literal.replace(/\\u[0-9a-f]{4}|\\.|[A-Za-z0-9-]/g, (part) =>
		part.length > 1 ? part : `\\u${part.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}
