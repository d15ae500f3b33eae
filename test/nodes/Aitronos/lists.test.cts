import { Aitronos } from '../../../nodes/Aitronos/Aitronos.node';
import { scriptedList, type ScriptedList } from '../scriptedRun.cts';
import { byId } from '../services.cts';

const found = (body: unknown) => [{ status: 200, body }];

describe('the list of departments at Aitronos', () => {
	const departments = [
		{ id: 'dept_1', name: 'Sales', parent_id: 'dept_2', path: '/dept_2/dept_1', is_active: true },
		{ id: 'dept_2', name: 'Acme', path: '/dept_2', is_default: true },
		{ id: 'dept_3', name: 'Old', parent_id: 'dept_2', is_active: false },
		{ id: 'dept_4', name: 'Legal', parent_id: 'dept_9', is_active: null },
		{ id: 'dept_5', name: 5, parent_id: 'dept_3' },
		{ id: 'dept_6', name: 'Round', parent_id: 'dept_6' },
		null,
		{ id: 'dept 7', name: 'Odd' },
	];
	const open = async (filter?: string) =>
		await scriptedList(new Aitronos().methods.listSearch.searchDepartments, {
			answers: found(departments),
			parameters: { organizationId: byId('org_1') },
			...(filter !== undefined && { filter }),
		});

	it('shows active ones by their names from the top, and marks the default', async () => {
		const { results, requests } = await open();
		expect(results).toEqual([
			{ name: 'Acme / Sales', value: 'dept_1' },
			{ name: 'Acme (default)', value: 'dept_2' },
			{ name: 'Legal', value: 'dept_4' },
			{ name: 'Acme / Old / dept_5', value: 'dept_5' },
			{ name: 'Round', value: 'dept_6' },
		]);
		expect(requests).toMatchObject([
			{ method: 'GET', url: 'https://service.example.org/v1/organizations/org_1/departments' },
		]);
	});

	it('looks for a text in what it shows, in any case', async () => {
		const { results } = await open('ACME');
		expect(results.map(({ value }) => value)).toEqual(['dept_1', 'dept_2', 'dept_5']);
	});
});

describe('the list of organizations at Aitronos', () => {
	const acme = { id: 'org_1', name: 'Acme' };
	const open = async (body: unknown, rest: Partial<ScriptedList> = {}) =>
		await scriptedList(new Aitronos().methods.listSearch.searchOrganizations, {
			...rest,
			answers: found(body),
		});

	const forms = [[acme], { organizations: [acme] }, { items: [acme] }, { data: [acme] }];

	it.each(forms.map((form) => [form]))('reads %j', async (body) => {
		const { results, requests } = await open(body);
		expect(results).toEqual([{ name: 'Acme', value: 'org_1' }]);
		const url = 'https://service.example.org/v1/organizations?skip=0&limit=100&active_only=true';
		expect(requests).toMatchObject([{ method: 'GET', url }]);
	});

	it('shows the ID of one without a name, and looks for a text', async () => {
		const body = [acme, { id: 'org_2', name: null }, null, { id: 'x' }];
		expect((await open(body)).results).toContainEqual({ name: 'org_2', value: 'org_2' });
		const { results } = await open(body, { filter: 'aCm' });
		expect(results.map(({ value }) => value)).toEqual(['org_1']);
	});

	it('has another page after a full one, however few of it match', async () => {
		const body = Array.from({ length: 100 }, (_, index) => ({ id: `org_${index}`, name: 'x' }));
		const full = await open(body, { page: '100', filter: 'nobody' });
		expect(full.requests[0]?.url).toContain('skip=100&');
		expect(full).toMatchObject({ results: [], paginationToken: '200' });
		expect(await open(body.slice(1))).not.toHaveProperty('paginationToken');
	});
});
