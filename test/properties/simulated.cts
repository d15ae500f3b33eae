import type { INodeExecutionData } from 'n8n-workflow';

import { SERVICES as ALL } from '../../nodes/OffboardUser/services';
import type { OffboardingRecord } from '../../nodes/shared/model/record';
import { REASONS } from '../../scripts/docs/meanings.cts';
import { exchange, inProcess, toWire, type WireRequest } from '../model/inProcess.cts';
import { SERVICES } from '../model/services.cts';
import { recordProblems } from '../nodes/record.cts';
import {
	scriptedRun,
	SECRET,
	type ScriptedAnswer,
	type ScriptedRun,
} from '../nodes/scriptedRun.cts';
import { SEED, SERVICE_NAMES, type ServiceName } from '../simulators/index.cts';
import type { Service } from '../../nodes/shared/users/service';
import { EMAIL } from './values.cts';

const personWith = (email: string) =>
	({ email, state: 'active', kind: 'plain', absentAt: [] }) as const;
const MEANT = personWith(EMAIL);

/** The service behind a node. */
export function serviceOf(name: ServiceName): Service {
	const [found] = ALL.filter(({ service }) => service.name === name);
	if (!found) throw new Error(`no service ${name}`);
	return found.service;
}

/** Every operation on one user, of every service. */
export const OPERATIONS = SERVICE_NAMES.flatMap((name) =>
	Object.keys(serviceOf(name).operations)
		.filter((operation) => operation !== 'getAll')
		.map((operation) => [name, operation] as const),
);

export const idOf = (name: ServiceName): string => SERVICES[name].idOf(0, MEANT);

/** Fields that every operation of a service is content with. */
export const fieldsOf = (name: ServiceName): Record<string, unknown> => ({
	email: EMAIL,
	userId: { __rl: true, mode: 'id', value: idOf(name) },
	...SERVICES[name].parameters,
	...(name === 'awork' && { includeSummary: true }),
});

/** Runs a service's node against its simulator, whose answers may be changed on the way. */
export async function simulate(
	name: ServiceName,
	setting: Omit<ScriptedRun, 'answers'>,
	garble: (answer: Answered) => ScriptedAnswer = (answer) => answer,
) {
	const people = [MEANT, personWith('sam.roe@example.org')];
	const simulator = await inProcess(async () => await SERVICES[name].start(people));
	const statesOf = () => new Map(simulator.accounts().map(({ id, state }) => [id, state]));
	const before = statesOf();
	const asked: WireRequest[] = [];
	const { secrets } = SEED[name];
	const secret = 'validToken' in secrets ? secrets.validToken : secrets.valid;
	const run = scriptedRun(serviceOf(name), {
		...setting,
		parameters: { authentication: 'accessToken', ...setting.parameters },
		credential: { baseUrl: simulator.baseUrl, appName: name },
		answers: async (options) => {
			const headers = { ...options.headers, authorization: `Bearer ${secret}` };
			const request = toWire({ ...options, headers });
			asked.push(request);
			const { status, text, ...rest } = (await exchange(request)) ?? { status: 599, text: '' };
			return garble({ ...rest, status, body: text });
		},
	});
	const output = await run.then(
		(result) => result.output,
		(error: unknown) => error,
	);
	await simulator.close();
	const changed = [...statesOf()].flatMap(([id, state]) => (before.get(id) === state ? [] : [id]));
	// A value may be one that the service refuses: what is wrong must be nothing but that value.
	const violations = simulator.violations.filter(({ problem }) => !/^(body|path)\./.test(problem));
	return { output, asked, changed, violations };
}

export interface Answered {
	status: number;
	headers?: Record<string, unknown>;
	body: string;
}

/** Each item comes out once, in order, as a record or as an error of the documented form. */
export function expectWhole(name: ServiceName, output: unknown, items: number): Came[] {
	const all = output as INodeExecutionData[];
	expect(all.map(({ pairedItem }) => pairedItem)).toEqual(
		Array.from({ length: items }, (_, item) => ({ item })),
	);
	const { displayName } = serviceOf(name);
	return all.map(({ json }): Came => {
		if (!('error' in json && 'details' in json)) {
			expect(recordProblems(json)).toEqual([]);
			return { record: json as unknown as OffboardingRecord };
		}
		const { error, details } = json as unknown as { error: string; details: { reason: string } };
		expectMessage(displayName, error);
		expect(details).toMatchObject({ service: name });
		expect([...Object.keys(REASONS), 'canceled']).toContain(details.reason);
		expect(JSON.stringify(json).length).toBeLessThan(4000);
		return { error, reason: details.reason };
	});
}

type Came = { record: OffboardingRecord } | { error: string; reason: string };

/** No crash that was caught, and nobody without a name. An app with SCIM has its own. */
export function expectMessage(displayName: string, message: string): void {
	expect(message).toMatch(new RegExp(`^${displayName}[: ][^]+$`, 'i'));
	expect(message).not.toMatch(/Something unexpected happened|''/);
	expect(message).not.toContain(SECRET);
}
