import { toErrorItem } from '../../nodes/shared/n8n/errors';
import { Failure } from '../../nodes/shared/model/failure';
import { samples } from '../nodes/services.cts';
import { codeIn, namesIn, columnOf, sectionOf, tableIn } from './markdown.cts';
import { pagePaths, read } from './pages.cts';
import { fieldsOf, textsOf } from './types.cts';

/** That the README tells all that a node can put out, and nothing else. */

const RECORD = 'nodes/shared/record.ts';
const FAILURE = 'nodes/shared/failure.ts';

const readme = read('README.md');
const told = (section: string, firstColumn: string) =>
	namesIn(tableIn(sectionOf(readme, section), firstColumn)).sort();

const outcomes = textsOf(RECORD, 'Outcome').sort();
const states = textsOf(RECORD, 'AccountState').sort();
const recordFields = fieldsOf(RECORD, 'OffboardingRecord').sort();
const personFields = fieldsOf('nodes/OffboardUser/person.ts', 'Person').sort();
const reasons = textsOf(FAILURE, 'Reason').sort();

/** The fields of an error item about which everything is known. */
function detailFields(): string[] {
	const item = toErrorItem(
		{ id: '1', name: 'Node', type: 'node', typeVersion: 1, position: [0, 0], parameters: {} },
		new Failure('refused', {
			message: 'No.',
			code: 'no',
			traceId: 't1',
			httpCode: '400',
			done: 'deactivated',
		}),
		{
			serviceName: 'service',
			subject: {
				service: 'Service',
				operation: 'deactivate',
				account: { userId: '1', email: 'kim.lee@example.org' },
				addressField: 'Base URL',
				advice: { unauthorized: '', forbidden: '' },
			},
			itemIndex: 0,
		},
	);
	return Object.keys(item.json.details ?? {}).sort();
}

it('tells the fields of a record', () => {
	expect(told('The record', 'Field')).toEqual(recordFields);
});

it('tells what a record says of service and operation', () => {
	const meaning = columnOf(tableIn(sectionOf(readme, 'The record'), 'Field'), 'Meaning');
	const services = Object.values(samples).map(({ service }) => service);
	const operations = services.flatMap((service) => Object.keys(service.operations));
	const words = (name: string) => (meaning.get(name) ?? '').split(/, | or /).sort();
	expect(words('service')).toEqual(services.map(({ name }) => name).sort());
	expect(words('operation')).toEqual([...new Set(operations)].sort());
});

it('tells the fields of what Offboard User puts out for a person', () => {
	expect(told('All services in one step: Offboard User', 'Field')).toEqual(personFields);
});

it('tells the outcomes', () => {
	expect(told('Outcomes', 'Outcome')).toEqual(outcomes);
});

it('tells the states', () => {
	expect(told('States', 'State')).toEqual(states);
});

it('tells the fields of an error item', () => {
	expect(told('When something goes wrong', 'Field')).toEqual(detailFields());
});

it('tells the reasons', () => {
	expect(told('Reasons', 'Reason')).toEqual(reasons);
});

it.each(pagePaths())('%s uses no such name that does not exist', (path) => {
	const known = [
		...outcomes,
		...states,
		...recordFields,
		...personFields,
		...detailFields(),
		...reasons,
		'details',
		'message',
	];
	const names = codeIn(read(path))
		.flatMap((code) => code.split('.'))
		.filter((code) => /^[a-z]+([A-Z][a-z]+)+$/.test(code));
	expect(names.filter((name) => !known.includes(name))).toEqual([]);
});
