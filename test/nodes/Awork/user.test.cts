import { userSchema } from '../../../nodes/Awork/user';
import { AWORK_USER_ID, aworkUser } from '../services.cts';

describe('the user of awork', () => {
	const { userContactInfos: several } = aworkUser;
	const facts = (fields: object) => userSchema.parse({ id: AWORK_USER_ID, ...fields });

	it.each([
		['nothing is said', {}, 'active'],
		['flags are null', { isDeactivated: null, isArchived: null, status: null }, 'active'],
		['the flag says so', { isDeactivated: true }, 'deactivated'],
		['the status says so', { status: { isDeactivated: true } }, 'deactivated'],
		['it is archived', { isArchived: true }, 'archived'],
		['it is archived and deactivated', { isArchived: true, isDeactivated: true }, 'deactivated'],
		['the invitation is open', { status: { invitationAccepted: false } }, 'invited'],
	])('if %s, is %j → %s', (_, fields, state) => {
		expect(facts(fields).state).toBe(state);
	});

	it.each([
		['none, if there are no contact infos', null, []],
		['none, if there is no address', [{ type: 'phone', value: '1' }, { type: 'email' }], []],
		['one without a type, if it is an address', [{ value: 'a@x' }, { value: '+49 1' }], ['a@x']],
		['one beside entries that can’t be read', [null, 5, { type: 'email', value: 'a@x' }], ['a@x']],
		['the first, if none is from work', [{ type: 'email', value: 'a@x' }], ['a@x']],
		['the one at work, then the others', several, ['kim.lee@example.org', 'kim@home.example']],
	])('has as email %s', (_, userContactInfos, emails) => {
		expect(facts({ userContactInfos }).emails).toEqual(emails);
	});

	it.each([
		[{ firstName: 'Kim', lastName: 'Lee' }, 'Kim Lee'],
		[{ firstName: null, lastName: 'Lee' }, 'Lee'],
		[{ firstName: '' }, undefined],
		[{}, undefined],
	])('has of %j the name %p', (fields, name) => {
		expect(facts(fields).name).toBe(name);
	});
});
