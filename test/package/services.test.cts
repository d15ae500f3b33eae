import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { json, runNode } from '../harness/runNode.cts';
import { credentialOf, SUBJECTS } from '../harness/subjects.cts';
import { SERVICE_NAMES, STAFF, startSimulators } from '../simulators/index.cts';
import { root, servicePackages } from './packed.cts';

/** The packages of single services, beyond what holds for every package. */

// What a workflow runs is from the packed files instead of the sources.
jest.mock('../harness/packageTypes.cts', () => {
	type Actual = typeof import('../harness/packageTypes.cts') & typeof import('./packed.cts');
	const types = jest.requireActual<Actual>('../harness/packageTypes.cts');
	const packed = jest.requireActual<Actual>('./packed.cts');
	const listed = (kind: 'nodes' | 'credentials') =>
		packed
			.servicePackages()
			.flatMap(({ installed }) =>
				packed.manifestOf(installed).n8n[kind].map((path) => `${installed}/${path}`),
			);
	return {
		packageNodes: () => types.packageNodes(listed('nodes')),
		packageCredentials: () => types.packageCredentials(listed('credentials')),
	};
});

const packageName = (service: string) => `n8n-nodes-${service}-offboarding`;

test('every service has a package, and Offboard User has none', () => {
	const names = servicePackages().map(({ name }) => name);
	expect(names).toEqual(SERVICE_NAMES.map(packageName).sort());
});

test.each(SERVICE_NAMES)('the packed node for %s deactivates a user', async (service) => {
	const simulators = await startSimulators();
	const simulator = simulators[service];
	const { email } = STAFF.leaver;
	const execution = await runNode({
		node: service,
		credentials: credentialOf(service, simulator.baseUrl),
		parameters: SUBJECTS[service].parameters({ email }),
	}).finally(async () => await simulators.close());
	expect(json(execution)).toMatchObject([[{ service, outcome: 'deactivated', changed: true }]]);
	expect(simulator.account(email)?.state).toBe('deactivated');
});

test.each(servicePackages())('the README of $name leads somewhere on npm too', ({ installed }) => {
	const text = readFileSync(join(installed, 'README.md'), 'utf8');
	const targets = [...text.matchAll(/\]\(([^()\s]+)\)/g)].map(([, target = '']) => target);
	const home = /^https:\/\/github\.com\/[\w-]+\/[\w-]+\/(?:blob|raw)\/main\/([^#]+)/;
	const broken = targets.filter((target) => {
		const path = home.exec(target)?.[1];
		return path === undefined ? !/^(https:|#)/.test(target) : !existsSync(join(root, path));
	});
	expect(broken).toEqual([]);
});
