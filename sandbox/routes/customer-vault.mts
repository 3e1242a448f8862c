import { isFields, readFields } from '../body.mts';
import { refusal, refuseIfAny, type Problem } from '../failures.mts';
import { bothVersions, pathPart, type Call, type Route } from '../route.mts';
import { readMetadata } from '../rules/metadata.mts';
import { readReference } from '../rules/references.mts';
import type { Sandbox } from '../sandbox.mts';
import type { Customer } from '../store.mts';

/**
 * The customer with its financial instruments. Under v2 the GET creates a customer that is not there
 * (API reference 4.2, documented). The model's field names are inferred, except for the status
 * ACTIVE (API reference 5, documented).
 */
const getCustomer: Route = {
	name: 'getCustomer',
	method: 'GET',
	paths: bothVersions('/customer-vault/:customerRef'),
	area: 'transaction',
	permission: 'customerRead',
	handle(call, sandbox) {
		const customer =
			call.version === 'v2'
				? sandbox.store.addCustomer(customerRefOf(call))
				: findCustomer(call, sandbox);
		const { customerRef, metadata } = customer;
		const financialInstruments = instrumentsOf(customerRef, sandbox);
		return { status: 200, body: { customerRef, status: 'ACTIVE', metadata, financialInstruments } };
	},
};

/**
 * Updates the metadata, 202 (API reference 4.2, documented). That it stands under `metadata` in the
 * body, and replaces what was there, is inferred.
 */
const updateCustomerMetadata: Route = {
	name: 'updateCustomerMetadata',
	method: 'PUT',
	paths: bothVersions('/customer-vault/:customerRef'),
	area: 'transaction',
	permission: 'customerWrite',
	handle(call, sandbox) {
		const problems: Problem[] = [];
		const sent = readFields(call).metadata;
		if (!isFields(sent)) throw refusal(400, 'METADATA_FORMAT_NOT_RECOGNISED');
		const metadata = readMetadata(sent, sandbox.options.metadataValueLimit, problems);
		refuseIfAny(problems);
		findCustomer(call, sandbox).metadata = metadata;
		return { status: 202 };
	},
};

/** The path is documented under v1 only (API reference 4.2); what the answer looks like is inferred. */
const getWallet: Route = {
	name: 'getWallet',
	method: 'GET',
	paths: ['/v1/customer-vault/:customerRef/wallet'],
	area: 'transaction',
	permission: 'customerRead',
	handle(call, sandbox) {
		const { customerRef } = findCustomer(call, sandbox);
		return { status: 200, body: { financialInstruments: instrumentsOf(customerRef, sandbox) } };
	},
};

function customerRefOf(call: Call): string {
	const problems: Problem[] = [];
	const customerRef = readReference('CUSTOMER_REF', pathPart(call, 'customerRef'), problems);
	refuseIfAny(problems);
	return customerRef;
}

function findCustomer(call: Call, { options, store }: Sandbox): Customer {
	const customer = store.customer(customerRefOf(call));
	if (!customer) throw refusal(options.notFoundStatus, 'CUSTOMER_NOT_FOUND');
	return customer;
}

/** Those that the customer's instructions use; the capabilities are those of the sample (API reference 5). */
function instrumentsOf(customerRef: string, { store }: Sandbox): object[] {
	const ids = store.orders
		.flatMap((order) => order.instructions)
		.filter((instruction) => instruction.customerRef === customerRef)
		.map(
			({ financialInstrumentId, transaction }) =>
				financialInstrumentId ?? transaction?.financialInstrumentId,
		);
	const capabilities = {
		valueType: 'VARIABLE',
		usageType: 'MULTIPLE',
		canCredit: true,
		canDebit: true,
	};
	return [...new Set(ids)]
		.filter((id) => id !== undefined)
		.map((financialInstrumentId) => ({ financialInstrumentId, type: 'VISA', capabilities }));
}

export const customerVaultRoutes: readonly Route[] = [
	getCustomer,
	updateCustomerMetadata,
	getWallet,
];
