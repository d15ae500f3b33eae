import { SERVICES } from '../../nodes/OffboardUser/services';
import { scim } from '../../nodes/Scim/scim';
import { sample as aitronos } from './Aitronos/sample.cts';
import { sample as awork } from './Awork/sample.cts';
import { sample as langdock } from './Langdock/sample.cts';
import { sample as odeus } from './Odeus/sample.cts';
import type { Sample } from './sample.cts';
import { first, scriptedRun, type ScriptedAnswer, type ScriptedRun } from './scriptedRun.cts';
import { sample as zitadel } from './Zitadel/sample.cts';

export { AWORK_USER_ID, aworkMe, aworkUser } from './Awork/sample.cts';
export { lookUpRefused } from './Langdock/sample.cts';
export { byEmail, byId, type Sample } from './sample.cts';
export { zitadelMe } from './Zitadel/sample.cts';

/**
 * Each service, with input and answers of its own. Not SCIM: it is read again after each change, so it
 * has a stand-in instead of a list of answers (Scim/app.cts).
 */
export const samples: Record<string, Sample> = { langdock, odeus, aitronos, zitadel, awork };

const [forgotten] = SERVICES.filter(
	({ service }) => service !== scim && samples[service.name]?.service !== service,
);
if (forgotten) throw new Error(`no sample of ${forgotten.service.name}`);

/** The sample of one service. */
export function sampleOf(name: string): Sample {
	const sample = samples[name];
	if (!sample) throw new Error(`no sample of ${name}`);
	return sample;
}

/** Runs one item of a sample, whose parameters may be replaced: its record, or what failed. */
export function runnerOf(name: string) {
	const { service, parameters } = sampleOf(name);
	return async (answers: ScriptedAnswer[], other = {}, rest: Partial<ScriptedRun> = {}) => {
		const run = { continueOnFail: true, ...rest, parameters: { ...parameters, ...other }, answers };
		const result = await scriptedRun(service, run);
		const asked = result.requests.map(({ method, url, body }) => {
			const { pathname, search } = new URL(url);
			return [method, pathname + search, ...(body === undefined ? [] : [body])].join(' ');
		});
		return { ...result, record: first(result), asked };
	};
}

/** Matches a text that contains this one. */
export const says = (text: string) => expect.stringContaining(text) as string;

/** Tests of a service: with these parameters and answers, its only item comes to what is expected. */
export function itComesToAt(service: string) {
	return (name: string, parameters: object, answers: ScriptedAnswer[], expected: object) => {
		it(name, async () => {
			expect((await runnerOf(service)(answers, parameters)).record).toMatchObject(expected);
		});
	};
}
