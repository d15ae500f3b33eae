import type { Fault } from './faults.cts';

/** Bad weather for a simulator: faults by chance, but the same ones in every run with this seed. */
export interface Weather {
	readonly seed: number;
	/** The share of requests that meet a fault, from 0 to 1. */
	readonly share: number;
}

/** What there is, and how often relative to the others. */
const KINDS: ReadonlyArray<readonly [weight: number, fault: Fault]> = [
	[4, { kind: 'delay', ms: 60 }],
	[7, { kind: 'limited', seconds: 1 }],
	[2, { kind: 'status', status: 500 }],
	[2, { kind: 'status', status: 502, body: 'Bad Gateway' }],
	[3, { kind: 'status', status: 503, headers: { 'retry-after': '1' } }],
	[2, { kind: 'status', status: 504 }],
	[1, { kind: 'status', status: 408 }],
	[2, { kind: 'status', status: 500, acts: true }],
	[2, { kind: 'status', status: 504, acts: true }],
	[4, { kind: 'cutBefore' }],
	[4, { kind: 'cutAfter' }],
	[3, { kind: 'truncated' }],
	[2, { kind: 'html' }],
	[2, { kind: 'html', acts: true }],
	[2, { kind: 'mislabelled' }],
	[1, { kind: 'status', status: 200, body: ['surprise'] }],
	[1, { kind: 'status', status: 200, body: 'ok', acts: true }],
	[1, { kind: 'drip', ms: 100 }],
];

/** How many times in a row the same request meets a fault at most. */
const IN_A_ROW = 3;

const ALL_WEIGHTS = KINDS.reduce((sum, [weight]) => sum + weight, 0);

/** The fault that a request meets when it came `nth` times before, whatever the order of arrival. */
export function faultOf(weather: Weather, request: string, nth: number): Fault | undefined {
	if (nth >= IN_A_ROW) return undefined;
	const draw = (what: string) => chance(`${weather.seed} ${what} ${nth} ${request}`);
	if (draw('whether') >= weather.share) return undefined;
	let left = draw('which') * ALL_WEIGHTS;
	for (const [weight, fault] of KINDS) {
		left -= weight;
		if (left < 0) return fault;
	}
	return undefined;
}

/** From 0 to 1, the same for the same text: FNV-1a, then mixed so that all bits count. */
export function chance(text: string): number {
	let hash = 0x811c9dc5;
	for (let index = 0; index < text.length; index++) {
		hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
	}
	hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
	hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
	return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32;
}
