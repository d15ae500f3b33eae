import type { AccountState } from '../simulators/index.cts';
import { unless, type Check } from './check.cts';
import type { History, Item } from './history.cts';
import type { Run } from './run.cts';
import { canLookUp, type ServiceName } from './services.cts';
import {
	allTold,
	isHarmless,
	isNameProtected,
	isPlainlyNamed,
	isPlainlyProtected,
	isProtected,
	isSeen,
	personWith,
	targetsOf,
	type Told,
} from './told.cts';

/** What may come of an item: outcomes, and reasons of failures. Nothing where anything may. */
type Expected = readonly string[] | undefined;

/**
 * The other half of the truth: where nothing is odd, the node must do what it is for. A node that
 * refuses everything claims nothing that is untrue.
 */
export const missing: Check = (run) => {
	const { history } = run;
	const isOdd =
		!isHarmless(run) ||
		history.caller !== 'all' ||
		history.onError === 'stop' ||
		history.items.some(({ odd }) => odd) ||
		!isPlainlyProtected(history) ||
		isOverLimit(history);
	if (isOdd) return [];
	if (history.operation === 'getAll') {
		return allTold(run).flatMap(({ reason, service, text }) =>
			unless(false, `'${reason}' instead of a list (${service})`, text),
		);
	}
	return allTold(run).flatMap((told) => {
		const expected = expectedOf(run, told);
		const came = String(told.record?.outcome ?? told.reason);
		return [
			...unless(!hidesState(told), `'stateBefore' hides what the list showed (${told.service})`),
			...unless(
				expected?.includes(came) ?? true,
				`'${came}' instead of '${expected?.join("' or '")}' (${told.service})`,
				`item ${told.index}: ${told.text ?? ''}`,
			),
		];
	});
};

/** Somebody who was looked up by address was seen in a state. */
function hidesState({ record, service, item: { by } }: Told): boolean {
	const isAbout = ['deactivated', 'alreadyDeactivated', 'reactivated', 'alreadyActive'];
	return (
		by === 'email' &&
		canLookUp(service) &&
		isAbout.includes(String(record?.outcome)) &&
		record?.stateBefore === 'unknown'
	);
}

/** An ID and an address may count as two accounts before they are looked up. */
function isOverLimit({ items, operation, options: { safetyLimit = 10 } }: History): boolean {
	return operation === 'deactivate' && safetyLimit > 0 && items.length > safetyLimit;
}

function expectedOf(run: Run, { item, service, ids }: Told): Expected {
	const { history } = run;
	const { operation } = history;
	if (!isPlainlyNamed(item) || item.person === 'self') return undefined;
	if (!canLookUp(service)) return workspaceExpected(run, item, service);

	const seen = ids.filter((id) => isSeen(run, service, id));
	// Whom the credential may not read has one of several answers, all of them failures.
	if (seen.length < ids.length) return undefined;
	const [id, ...others] = seen;
	const guarded = isNameProtected(history, item) && operation === 'deactivate';
	// A record and a failure have the same word for nobody.
	if (id === undefined) return guarded ? ['notFound', 'protectedUser'] : ['notFound'];
	// Some SCIM servers remove whom they deactivate: later there may be fewer.
	if (others.length > 0 && run.met.includes('removed when deactivated')) return undefined;
	if (others.length > 0) return guarded ? ['ambiguousUser', 'protectedUser'] : ['ambiguousUser'];

	const person = personWith(history, service, id);
	// What the service refuses, or the node where there is nothing to compare.
	if (person?.kind === 'admin' || person?.kind === 'withoutAddress') return undefined;
	if (operation === 'deactivate' && isProtected(history, service, id)) return ['protectedUser'];

	const state = stateBefore(run, item, service, id);
	if (!state || !isOnly(run, service, id)) return undefined;
	const outcome = outcomeFor(history, service, state);
	return guarded ? outcome && [...outcome, 'protectedUser'] : outcome;
}

function stateBefore({ world }: Run, { tenant }: Item, service: ServiceName, id?: string) {
	return world.accounts(service, tenant).find((account) => account.id === id)?.state;
}

/** Whether no other item is about the same account. */
function isOnly(run: Run, service: ServiceName, id = ''): boolean {
	const about = run.history.items.filter((item) => targetsOf(run, item, service).includes(id));
	return about.length <= 1;
}

function outcomeFor(
	{ operation, options }: History,
	service: ServiceName,
	state: AccountState,
): Expected {
	switch (operation) {
		case 'get':
		case 'getAll':
			return ['found'];
		case 'deactivate':
			// A record and a failure have the same word for this.
			if (state === 'deactivated') return ['alreadyDeactivated'];
			if (state === 'invited' && service === 'zitadel') return ['refused'];
			return [options.dryRun ? 'wouldDeactivate' : 'deactivated'];
		case 'reactivate':
			if (state === 'deactivated') return [options.dryRun ? 'wouldReactivate' : 'reactivated'];
			return state === 'active' ? ['alreadyActive'] : undefined;
	}
}

/** Langdock and Odeus give one answer for nobody, invited and deactivated. */
function workspaceExpected(run: Run, item: Item, service: ServiceName): Expected {
	const { operation, options } = run.history;
	const [id, ...others] = targetsOf(run, item, service);
	if (others.length > 0 || options.dryRun || operation === 'get') return undefined;
	if (isNameProtected(run.history, item) && operation === 'deactivate') {
		return ['protectedUser'];
	}
	const person = id === undefined ? undefined : personWith(run.history, service, id);
	if (person?.kind === 'admin' || !isOnly(run, service, id)) return undefined;
	const state = stateBefore(run, item, service, id);
	if (operation === 'reactivate') return [state === 'active' ? 'alreadyActive' : 'reactivated'];
	if (state === 'active') return ['deactivated'];
	// What the other services know of the person decides.
	if (run.history.node === 'offboardUser') return undefined;
	return options.ifAlreadyDeactivated === 'succeed'
		? ['alreadyDeactivated']
		: ['notFound', 'alreadyDeactivated'];
}
