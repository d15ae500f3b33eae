/**
 * What HR systems and n8n's spreadsheet nodes answer, shortened, about made-up people: Kim Lee left
 * on 15 November 2026, Sam Roe stays, and Ada Poe's row can't be read. Sources: docs/hr-systems.md.
 */

export interface Recorded {
	readonly body: unknown;
	/** Where the list is, as an admin enters it in 'Settings'. */
	readonly listField?: string;
	/** Whom Kim reports to, if the answer says it. */
	readonly manager?: string;
	/** What is wrong with Ada's row. */
	readonly question: RegExp;
}

const KIM = 'kim.lee@example.org';
const SAM = 'sam.roe@example.org';
const ADA = 'ada.poe@example.org';
const manager = 'max.boss@example.org';

/** Midnight of a day in UTC, as OData has it. */
const odata = (day: string): string => `/Date(${Date.parse(day)})/`;

function personio(email: string, [first, last]: readonly [string, string], end: unknown): object {
	const field = (label: string, value: unknown, type = 'standard') => ({ label, value, type });
	const supervisor = { type: 'Employee', attributes: { email: field('Email', manager) } };
	return {
		type: 'Employee',
		attributes: {
			first_name: field('First name', first),
			last_name: field('Last name', last),
			email: field('Email', email),
			status: field('Status', end === null ? 'active' : 'inactive'),
			supervisor: field('Supervisor', supervisor),
			hire_date: field('Hire date', '2019-01-01T00:00:00+01:00', 'date'),
			contract_end_date: field('Contract ends', null, 'date'),
			termination_date: field('Termination date', end, 'date'),
			last_working_day: field('Last day of work', '2026-10-31T00:00:00+01:00', 'date'),
		},
	};
}

function employment(start: string, end?: string): object {
	const termination = { termination_date: end, last_working_date: end, type: 'QUIT' };
	const ended = end === undefined ? {} : { termination };
	const status = end === undefined ? 'ACTIVE' : 'INACTIVE';
	return { id: start, status, employment_start_date: start, ...ended };
}

function hiBob(email: string, displayName: string, terminationDate: unknown): object {
	const status = terminationDate === null ? 'Active' : 'Inactive';
	return {
		'/root/email': { value: email },
		'/internal/terminationDate': { value: terminationDate },
		email,
		displayName,
		home: { privateEmail: 'somebody@private.example.org' },
		work: { startDate: '2019-01-01', reportsTo: { displayName: 'Max Boss', email: manager } },
		internal: { status, lifecycleStatus: 'Employed', terminationDate },
	};
}

function worker(email: string, [first, last]: readonly [string, string], end?: string): object {
	const name = { 'wd:First_Name': first, 'wd:Last_Name': last };
	return {
		'wd:Worker_Data': {
			'wd:Personal_Data': {
				'wd:Name_Data': { 'wd:Legal_Name_Data': { 'wd:Name_Detail_Data': name } },
				'wd:Contact_Data': { 'wd:Email_Address_Data': [{ 'wd:Email_Address': email }] },
			},
			'wd:Employment_Data': {
				'wd:Worker_Status_Data': {
					'wd:Active': end === '2026-11-15-08:00' ? '0' : '1',
					'wd:Hire_Date': '2019-01-01-08:00',
					...(end === undefined ? {} : { 'wd:Termination_Date': end }),
				},
			},
		},
	};
}

function perPerson(
	email: string,
	[firstName, lastName]: readonly [string, string],
	end: string | null,
	count: number,
): object {
	const managerUserNav = { email: manager };
	return {
		__metadata: { type: 'SFOData.PerPerson' },
		personalInfoNav: { results: [{ firstName, lastName }] },
		emailNav: {
			results: [
				{ emailAddress: 'somebody@private.example.org', isPrimary: false },
				{ emailAddress: email, isPrimary: true },
			],
		},
		personEmpTerminationInfoNav: { activeEmploymentsCount: count, latestTerminationDate: end },
		employmentNav: {
			results: [{ startDate: odata('2019-01-01'), jobInfoNav: { results: [{ managerUserNav }] } }],
		},
	};
}

export const RECORDED: Readonly<Record<string, Recorded>> = {
	'BambooHR, employees or report': {
		listField: 'employees',
		body: {
			title: 'Leavers',
			fields: [{ id: 'terminationDate', type: 'date', name: 'Termination Date' }],
			employees: [
				{
					id: '1',
					workEmail: KIM,
					displayName: 'Kim Lee',
					supervisor: 'Boss, Max',
					hireDate: '2019-01-01',
					terminationDate: '2026-11-15',
					status: 'Inactive',
				},
				{ id: '2', workEmail: SAM, terminationDate: '0000-00-00', status: 'Active' },
				{ id: '3', workEmail: ADA, terminationDate: '0000-00-00', status: 'Inactive' },
			],
		},
		manager: 'Boss, Max',
		question: /status is 'Inactive', but there is no leaving date/,
	},
	'BambooHR, field-based webhook': {
		listField: 'employees',
		body: {
			employees: [
				{
					action: 'Updated',
					changedFields: ['Status'],
					fields: {
						'Work Email': KIM,
						'First Name': 'Kim',
						'Last Name': 'Lee',
						'Termination Date': '2026-11-15',
					},
					id: '1',
					timestamp: '2026-11-16T08:00:00+0000',
				},
				{ action: 'Updated', fields: { 'Work Email': SAM, 'Termination Date': '' }, id: '2' },
				{ action: 'Updated', fields: { 'Work Email': ADA, 'Termination Date': 'x' }, id: '3' },
			],
		},
		question: /'x' is not/,
	},
	'Personio v1': {
		listField: 'data',
		body: {
			success: true,
			metadata: { total_elements: 3, current_page: 0, total_pages: 1 },
			data: [
				personio(KIM, ['Kim', 'Lee'], '2026-11-15T00:00:00+01:00'),
				personio(SAM, ['Sam', 'Roe'], null),
				personio(ADA, ['Ada', 'Poe'], '2026'),
			],
		},
		manager,
		question: /'2026' is not/,
	},
	'Personio v2, persons with their employments': {
		listField: '_data',
		body: {
			_meta: { links: { self: { href: 'https://api.personio.de/v2/persons' } } },
			_data: [
				{
					id: '1',
					email: KIM,
					first_name: 'Kim',
					last_name: 'Lee',
					status: 'INACTIVE',
					employments: [employment('2019-01-01', '2026-11-15')],
				},
				{ id: '2', email: SAM, employments: [employment('2019-01-01')] },
				{
					id: '3',
					email: ADA,
					employments: [employment('2019-01-01', '2026-11-15'), employment('2018-01-01')],
				},
			],
		},
		question: /One employment ended on 2026-11-15, and another has no end/,
	},
	'HiBob, search': {
		listField: 'employees',
		body: {
			employees: [
				hiBob(KIM, 'Kim Lee', '2026-11-15'),
				hiBob(SAM, 'Sam Roe', null),
				hiBob(ADA, 'Ada Poe', '15/11/2026'),
			],
		},
		manager,
		question: /'15\/11\/2026' is not/,
	},
	'Workday, report': {
		listField: 'Report_Entry',
		body: {
			Report_Entry: [
				{
					primaryWorkEmail: KIM,
					Full_Name: 'Kim Lee',
					Manager_Email: manager,
					Hire_Date: '2019-01-01',
					Termination_Date: '2026-11-15-08:00',
				},
				{ primaryWorkEmail: SAM, Hire_Date: '2019-01-01' },
				{ primaryWorkEmail: ADA, Termination_Date: '11/15/2026' },
			],
		},
		manager,
		question: /'11\/15\/2026' is not/,
	},
	'Workday, Get_Workers': {
		listField: 'env:Envelope.env:Body.wd:Get_Workers_Response.wd:Response_Data.wd:Worker',
		body: {
			'env:Envelope': {
				'env:Body': {
					'wd:Get_Workers_Response': {
						'wd:Response_Data': {
							'wd:Worker': [
								worker(KIM, ['Kim', 'Lee'], '2026-11-15-08:00'),
								worker(SAM, ['Sam', 'Roe']),
								worker(ADA, ['Ada', 'Poe'], '2026-11-14-08:00'),
							],
						},
					},
				},
			},
		},
		question: /status is '1', although the leaving date 2026-11-14 is over/,
	},
	'SAP SuccessFactors, PerPerson': {
		listField: 'd.results',
		body: {
			d: {
				results: [
					perPerson(KIM, ['Kim', 'Lee'], odata('2026-11-15'), 0),
					perPerson(SAM, ['Sam', 'Roe'], null, 1),
					perPerson(ADA, ['Ada', 'Poe'], odata('2026-11-15'), 1),
				],
			},
		},
		manager,
		question: /status is '1', although/,
	},
	'a workbook, read by Extract From File or Microsoft Excel 365': {
		body: [
			{ Email: KIM, Name: 'Kim Lee', 'Manager Email': manager, 'Leaving Date': 46341 },
			{ Email: SAM, Name: 'Sam Roe', 'Leaving Date': '' },
			{ Email: ADA, Name: 'Ada Poe', 'Leaving Date': 46341.75 },
			{ Email: '', Name: '', 'Leaving Date': '' },
		],
		manager,
		question: /'46341.75' is not/,
	},
	'a Google sheet': {
		body: [
			{ row_number: 2, 'E-Mail': KIM, name: 'Kim Lee', leavingDate: '2026-11-15' },
			{ row_number: 3, 'E-Mail': SAM, name: 'Sam Roe', leavingDate: '' },
			{ row_number: 4, 'E-Mail': ADA, name: 'Ada Poe', leavingDate: '03/04/2026' },
		],
		question: /'03\/04\/2026' is not/,
	},
	'a CSV file with byte order mark, empty cells left out': {
		body: [
			{ '\ufeffemail': KIM, 'full name': 'Kim Lee', 'leaving-date': '2026-11-15' },
			{ '\ufeffemail': SAM },
			{ '\ufeffemail': ADA, 'leaving-date': '46341' },
		],
		question: /'46341' is not/,
	},
};
