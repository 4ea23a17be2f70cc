import { plainRefusal } from '../answers.mjs';
import type { Spoiling } from '../switches.mjs';
import { accountOf, type World } from '../world.mjs';
import { changing, emit } from './events.mjs';
import { ask, endByItself, enter, sayComplete } from './flow.mjs';
import { MESSAGE_TITLE } from './limits.mjs';
import { openTasks, type Contract, type Step } from './model.mjs';
import { byPerson, moving, refuseOverlap } from './overlap.mjs';
import { draw, isFilledBySender, UNFILLED } from './templateValues.mjs';

// Starting a contract. A refusal from here on leaves a draft (docs/api/kaifangqian.md 6.4).

/** By a call: it takes its time, and others at work spoil it. */
export async function start(world: World, contract: Contract): Promise<void> {
	checkStart(world, contract);
	const planned = world.switches.spoilNext.shift();
	contract.status = 'START';
	await moving(world, (spoiling) => begin(world, contract, planned ?? spoiling));
}

/** By a person in the console. */
export function startByHand(world: World, contract: Contract): void {
	checkStart(world, contract);
	byPerson(world, () => begin(world, contract, undefined));
}

function checkStart(world: World, contract: Contract): void {
	const { steps, signers, template, values } = contract;
	if (signers.length === 0) plainRefusal('签署人为空');
	for (const { partyType, ...step } of steps)
		if (partyType === 'SENDER') checkSeal(world, step, plainRefusal);
	if (template) {
		const isSendersPart = template.fields.some(({ by }) => by === 'sender');
		if (isSendersPart && !signers.some(({ signerType }) => signerType === 'SENDER'))
			plainRefusal('模板参数填写方未全部设置');
		if (!isFilledBySender(template, values)) plainRefusal(UNFILLED);
		draw(template, values);
	}
	if (contract.documents.length === 0) plainRefusal('签约文件不存在');
}

/** The sender's own seal is named, and has a place where it seals itself. */
export function checkSeal(
	world: World,
	{
		nodeType,
		sealId,
		automatic,
		fields,
	}: Pick<Step, 'nodeType' | 'sealId' | 'automatic' | 'fields'>,
	refuseWith: (text: string) => never,
): void {
	if (nodeType !== 'ENTERPRISE_SEAL') return;
	if (!sealId) refuseWith('组织签章未指定签章');
	if (sealId !== world.sealId) refuseWith('业务线实例-签章不存在');
	const hasPlace = fields.some(({ control }) => control === 'seal' || control === 'chop-stamp');
	if (automatic && !hasPlace) refuseWith('自动盖章的签署节点未指定签署位置');
}

function begin(world: World, contract: Contract, spoiling: Spoiling | undefined): void {
	// What a refusal leaves.
	contract.status = 'DRAFT';
	if (spoiling === 'refused') refuseOverlap();
	const run = () => {
		enter(world, contract);
		checkTitle(world, contract);
		endByItself(contract);
		spoil(world, contract, spoiling);
		emit(world, contract, 'SEND_SIGNING');
		// Only this call looks at `autoFinish` before it says COMPLETE (7.5).
		if (contract.autoFinish === 1) sayComplete(world, contract);
	};
	// A callback address that is too long breaks the answer of a contract that runs (trap 19).
	changing(world, contract, run, { isKept: true });
}

/** The title of the message to whoever is asked: 张三给您发送了一份文件《…》需要您签署. */
function checkTitle(world: World, contract: Contract): void {
	if (openTasks(contract).length === 0) return;
	const { company, operator, subject } = contract;
	const name =
		world.companies.get(company)?.members.get(operator.contact) ??
		accountOf(world, operator.contact)?.name ??
		operator.name;
	const title = `${name}给您发送了一份文件《${subject}》需要您签署`;
	if ([...title].length > MESSAGE_TITLE)
		plainRefusal(
			"\n### Error updating database.  Cause: com.mysql.cj.jdbc.exceptions.MysqlDataTruncation: Data truncation: Data too long for column 'mes_title' at row 1\n",
		);
}

/** Granted, and wrong (3.4). */
function spoil(world: World, contract: Contract, spoiling: Spoiling | undefined): void {
	if (spoiling === undefined || spoiling === 'refused') return;
	if (spoiling === 'askedTwice') {
		for (const task of openTasks(contract)) ask(world, contract, task);
		return;
	}
	contract.tasks = contract.tasks.filter((task) => task.state !== 'open');
	if (spoiling === 'stuckInStart') contract.status = 'START';
	else contract.status = spoiling === 'completeUnsigned' ? 'COMPLETE' : 'SIGNING';
}
