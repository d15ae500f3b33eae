import type { AccountState } from '../simulators/index.cts';
import { unless, type Check } from './check.cts';
import { canLookUp } from './services.cts';
import {
	allTold,
	hidesForGood,
	isPlainlyNamed,
	isSeen,
	itemsAbout,
	seesAll,
	type Told,
} from './told.cts';
import type { Run } from './run.cts';
import type { Event } from './world.cts';

/** All states that the accounts an item names had in the course of the run. */
function statesOf({ world }: Run, { item, service, ids }: Told): Set<AccountState | undefined> {
	return new Set(ids.flatMap((id) => [...world.statesEver(service, item.tenant, id)]));
}

const OFF = ['deactivated', 'archived'] as const;

/** States of which an outcome is true; any of them, at any moment of the run. */
const TRUE_OF: Readonly<Record<string, readonly AccountState[]>> = {
	deactivated: OFF,
	alreadyDeactivated: OFF,
	reactivated: ['active', 'invited'],
	alreadyActive: ['active'],
	wouldDeactivate: ['active', 'invited', 'locked'],
	wouldReactivate: ['deactivated'],
	found: ['active', 'deactivated', 'invited', 'locked', 'archived'],
};

/** Whether an outcome says less than a state. */
function isGuarded({ record, service }: Told): boolean {
	const { outcome, warning, stateAfter } = record ?? {};
	const isPreview = String(outcome).startsWith('would');
	if (canLookUp(service)) {
		return (
			outcome === 'notFound' || (isPreview && warning !== undefined && stateAfter === 'unknown')
		);
	}
	// Langdock and Odeus can't be asked: a preview is about the input, and whoever is active is
	// passed over without a word. A conclusion says that it is one.
	const isConclusion = outcome === 'alreadyDeactivated' && warning !== undefined;
	return isPreview || isConclusion || /^(notFound|notAsked|alreadyActive)$/.test(String(outcome));
}

/** An outcome without the state. */
const outcomes: Check = (run) =>
	allTold(run).flatMap((told) => {
		const { record, service, index } = told;
		if (!record || isGuarded(told)) return [];
		const outcome = String(record.outcome);
		const states = statesOf(run, told);
		// ZITADEL can only delete users that never signed in.
		if (outcome === 'wouldDeactivate' && service === 'zitadel') states.delete('invited');
		return unless(
			(TRUE_OF[outcome] ?? []).some((state) => states.has(state)),
			`'${outcome}' is not true (${service})`,
			`item ${index}: ${[...states].join(', ') || 'nobody'}`,
		);
	});

/** Nobody is not found who is there and could be seen, or where the caller can't see everybody. */
const notFound: Check = (run) =>
	allTold(run).flatMap((told) => {
		const { record, reason, service, index, item, ids } = told;
		const what = record ? 'outcome' : 'failure';
		if ((record ? record.outcome : reason) !== 'notFound') return [];
		// One answer there for nobody, invited and deactivated; a failure says so.
		const isActive = [...statesOf(run, told)].every((state) => state === 'active');
		const isTold = !record || record.warning !== undefined;
		if (isTold && !canLookUp(service) && !isActive) return [];
		if (hidesForGood(run)) return [];
		// Some SCIM servers remove whom they deactivate.
		const isGone = (id: string) =>
			run.met.includes('removed when deactivated') &&
			run.world.changes().some((change) => change.service === 'scim' && change.id === id);
		const there = isPlainlyNamed(item) && ids.some((id) => isSeen(run, service, id) && !isGone(id));
		return [
			...unless(
				!there,
				`'notFound' (${what}) about somebody who is there (${service})`,
				`item ${index}`,
			),
			...unless(
				there || item.by === 'id' || seesAll(run, service),
				`'notFound' (${what}) for a caller who can't see everybody (${service})`,
				`item ${index}`,
			),
		];
	});

/** What a record says about the state. */
const states: Check = (run) =>
	allTold(run).flatMap((told) => {
		const { record, service, index } = told;
		if (!record || record.outcome === 'notFound') return [];
		const known = statesOf(run, told);
		return (['stateBefore', 'stateAfter'] as const).flatMap((field) => {
			const state = (record[field] ?? 'unknown') as AccountState | 'unknown';
			const isConclusion = field === 'stateAfter' && record.warning !== undefined;
			return unless(
				state === 'unknown' || isConclusion || known.has(state),
				`'${field}' was never true (${service})`,
				`item ${index}: ${state}, not ${[...known].join(', ')}`,
			);
		});
	});

/** A record is about whom the item names. */
const identity: Check = (run) =>
	allTold(run).flatMap(({ record, service, index, ids }) => {
		const id = record?.userId as string | undefined;
		if (!id || !canLookUp(service) || record?.outcome === 'notFound') return [];
		return unless(
			ids.includes(id.toLowerCase()),
			`a record about somebody else (${service})`,
			`item ${index}: ${id}`,
		);
	});

/** `verified` without an answer that showed this state of this account. */
const verified: Check = (run) =>
	allTold(run).flatMap(({ record, service, index, item, ids }) => {
		const events = run.world.eventsAt(service, item.tenant).filter(shows);
		return unless(
			record?.verified !== true ||
				events.some(({ states }) => ids.some((id) => states.get(id) === record.stateAfter)),
			`'verified' without a read (${service})`,
			`item ${index}`,
		);
	});

/** Whether an answer showed the state of an account, and that of the service itself. */
function shows({ isGenuine, got, purpose, service }: Event): boolean {
	const isState = purpose === 'change' && service === 'aitronos';
	const isRead = purpose === 'read' || purpose === 'list' || isState;
	return isGenuine && typeof got === 'number' && got < 300 && isRead;
}

const claimsChange = ({ record }: Told) => record?.changed === true && record.warning === undefined;

/** `changed` without an own change. */
const changed: Check = (run) => {
	const told = allTold(run).filter(claimsChange);
	return told.flatMap(({ record, service, index, item, ids }) => {
		// At Langdock and Odeus an invitation may leave somebody invited as they were.
		if (record?.outcome === 'reactivated' && !canLookUp(service)) return [];
		const own = run.world
			.changes()
			.filter(
				(one) => one.service === service && one.tenant === item.tenant && ids.includes(one.id),
			);
		const rivals = told.filter(
			(other) =>
				other.service === service &&
				other.record?.userId === record?.userId &&
				(record?.userId !== undefined || other.item.person === item.person) &&
				other.item.tenant === item.tenant,
		);
		return unless(
			own.length >= rivals.length,
			`'changed' without an own change (${service})`,
			`item ${index}`,
		);
	});
};

/** An own change that everything that is said about the account denies. */
const denied: Check = (run) => {
	const told = allTold(run);
	return run.world.changes().flatMap(({ service, tenant, id }) => {
		const items = itemsAbout(run, service, tenant, id);
		const about = told.filter((one) => one.service === service && items.includes(one.index));
		return unless(
			about.length === 0 || !about.every(({ deniesChange }) => deniesChange),
			`an own change is denied (${service})`,
			id,
		);
	});
};

/** What the records and failures of a run say. */
export const records: readonly Check[] = [
	outcomes,
	notFound,
	states,
	identity,
	verified,
	changed,
	denied,
];
