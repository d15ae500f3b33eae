import { listSearches } from '../../../nodes/OffboardUser/methods';
import { scriptedList } from '../scriptedRun.cts';
import { byId, samples } from '../services.cts';

const lists = listSearches();

function listOf(name: string) {
	const list = lists[name];
	if (!list) throw new Error(`no list ${name}`);
	return list;
}

it('looks for what a list depends on under the names that the fields have here', async () => {
	const { results, requests } = await scriptedList(listOf('aitronosSearchDepartments'), {
		parameters: { aitronosOrganizationId: byId('org_1') },
		answers: [{ status: 200, body: [{ id: 'dept_1', name: 'Sales' }] }],
		filter: 'sal',
	});
	expect(results).toEqual([{ name: 'Sales', value: 'dept_1' }]);
	expect(requests).toMatchObject([
		{ url: 'https://service.example.org/v1/organizations/org_1/departments' },
	]);
});

it.each(['zitadel', 'awork'])('takes the credential that is chosen for %s', async (name) => {
	const { service, users } = samples[name] ?? {};
	const [{ authentication } = {}] = service?.credentials ?? [];
	if (!users) throw new Error(`${name} has no list`);
	const { results } = await scriptedList(listOf(`${name}SearchUsers`), {
		parameters: { [`${name}Authentication`]: authentication },
		answers: [users.found([users.userId, 'kim@example.org'])],
	});
	expect(results.map(({ value }) => value)).toContain(users.userId);
});
