import { SERVICES } from '../../nodes/OffboardUser/services';
import { sample as aitronos } from './Aitronos/sample.cts';
import { sample as awork } from './Awork/sample.cts';
import { sample as langdock } from './Langdock/sample.cts';
import { sample as odeus } from './Odeus/sample.cts';
import type { Sample } from './sample.cts';
import { sample as zitadel } from './Zitadel/sample.cts';

export { aitronosMe } from './Aitronos/sample.cts';
export { AWORK_USER_ID, aworkMe, aworkUser } from './Awork/sample.cts';
export { lookUpRefused } from './Langdock/sample.cts';
export { byEmail, byId, type Sample } from './sample.cts';
export { zitadelMe } from './Zitadel/sample.cts';

/** Each service, with input and answers of its own. */
export const samples: Record<string, Sample> = { langdock, odeus, aitronos, zitadel, awork };

const [forgotten] = SERVICES.filter(({ service }) => samples[service.name]?.service !== service);
if (forgotten) throw new Error(`no sample of ${forgotten.service.name}`);

/** The sample of one service. */
export function sampleOf(name: string): Sample {
	const sample = samples[name];
	if (!sample) throw new Error(`no sample of ${name}`);
	return sample;
}
