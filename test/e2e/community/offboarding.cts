import { name } from '../../../package.json';
import type { Instance } from '../../host/instance.cts';
import { LEAVER_WORKFLOW_ID, rowsOf, WEBHOOK_KEY } from '../../host/offboarding.cts';
import type { PersonItem } from '../../host/offboarding.cts';
import { SERVICE_NAMES, STAFF } from '../../simulators/index.cts';
import type { Simulators } from '../../simulators/index.cts';

async function offboard(instance: Instance): Promise<Response> {
	return await fetch(await instance.webhook(LEAVER_WORKFLOW_ID), {
		method: 'POST',
		headers: { 'content-type': 'application/json', [WEBHOOK_KEY.name]: WEBHOOK_KEY.value },
		body: JSON.stringify({ email: STAFF.leaver.email }),
	});
}

/** The leaver loses the access to all services, as the services themselves see it. */
export async function expectOffboarding(instance: Instance, simulators: Simulators): Promise<void> {
	const people = (await (await offboard(instance)).json()) as PersonItem[];
	const rows = people.flatMap(rowsOf);
	const done = { done: true, outcome: 'deactivated' };
	expect(rows).toEqual(
		SERVICE_NAMES.map((service) => expect.objectContaining({ service, ...done })),
	);
	for (const service of SERVICE_NAMES) {
		expect(simulators[service].account(STAFF.leaver.email)?.state).toBe('deactivated');
	}
}

/** n8n works, and says of our workflow what is wrong with it. */
export async function expectUnknownNodes(
	instance: Instance,
	simulators: Simulators,
): Promise<void> {
	const response = await offboard(instance);
	expect(response.ok).toBe(false);
	expect(await response.text()).toContain(`Unrecognized node type: ${name}.`);
	for (const service of SERVICE_NAMES) {
		expect(simulators[service].requests).toEqual([]);
	}
}
