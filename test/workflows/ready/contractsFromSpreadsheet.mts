import { GOES_ON, lineOf, sendFiles } from '../esign.mjs';
import { addToRegister, createRegister, REGISTER_SINCE } from '../register.mjs';
import {
	editFields,
	field,
	filter,
	manualTrigger,
	node,
	plain,
	quoted,
	readFile,
	writeFile,
} from '../steps.mjs';
import type { ReadyWorkflow } from '../workflow.mjs';

export const contractsFromSpreadsheet: ReadyWorkflow = {
	file: 'contracts-from-spreadsheet',
	draw(say) {
		const title = say('Title', '标题');
		const fileName = say('File', '文件');
		const personName = say('Name', '姓名');
		const contact = say('Contact', '联系方式');
		const company = say('Company', '企业');
		const row = say('Row', '行号');
		const tried = say('Tried', '已尝试');
		const result = say('Result', '结果');
		const contractId = say('Contract ID', '合同ID');
		const status = say('Status', '状态');
		const links = say('Signing Link', '签署链接');
		const message = say('Message', '说明');
		const uncertain = quoted(say('look in the console', '请到企业管理后台查看'));
		const notSent = quoted(say('not sent', '未发起'));

		const start = manualTrigger([0, 0]);
		const settings = editFields({
			key: 'settings',
			name: say('Settings', '设置'),
			at: [1, 0],
			values: {
				folder: '/files',
				spreadsheet: 'contracts.xlsx',
				results: 'results.xlsx',
				usualFile: 'contract.pdf',
			},
		});
		const chosen = `${node(settings)}.first().json`;
		const spreadsheet = readFile({
			key: 'spreadsheet',
			name: say('Spreadsheet', '表格'),
			at: [2, 0],
			path: "={{ $json.folder + '/' + $json.spreadsheet }}",
		});
		const rows = plain({
			key: 'rows',
			name: say('Rows', '读取各行'),
			at: [3, 0],
			type: 'n8n-nodes-base.extractFromFile',
			typeVersion: 1,
			parameters: { operation: 'xlsx', binaryPropertyName: 'data', options: { rawData: false } },
		});
		const number = editFields({
			key: 'number',
			name: say('Number Rows', '编号'),
			at: [4, 0],
			values: { [row]: { type: 'number', value: '={{ $itemIndex + 2 }}' } },
			keep: true,
		});
		const given = (label: string) => field(`${node(number)}.item.json`, label);
		const skip = filter({
			key: 'skip',
			name: say('Skip Uncertain Rows', '跳过不确定的行'),
			at: [0, 1.2],
			when: `(${field('$json', result)} ?? '') !== ${uncertain} || (${field('$json', contractId)} ?? '') !== ''`,
		});
		const file = readFile({
			key: 'file',
			name: say('Contract File', '合同文件'),
			at: [1, 1.2],
			path: `={{ ${chosen}.folder + '/' + (${field('$json', fileName)} || ${chosen}.usualFile) }}`,
		});
		file.settings = GOES_ON;
		const send = sendFiles({
			key: 'send',
			name: say('Send Files for Signing', '发起签署'),
			at: [2, 1.2],
			settings: GOES_ON,
			signers: {
				signersInput: 'rows',
				rowsJson: `={{ JSON.stringify([{ name: String(${given(personName)} ?? ''), contact: String(${given(contact)} ?? ''), company: String(${given(company)} ?? '') }]) }}`,
			},
			subject: `={{ ${given(title)} ?? '' }}`,
			options: { contractId: `={{ String(${given(contractId)} ?? '') }}` },
		});
		const register = createRegister(say, [3, 2.2]);
		const isNew = filter({
			key: 'isNew',
			name: say('Newly Sent?', '新发起的？'),
			at: [3, 1.2],
			when: "($json.contractId ?? '') !== '' && $json.started !== false",
		});
		const add = addToRegister(say, [4, 1.2], {
			contractId: '={{ $json.contractId }}',
			title: `={{ String(${given(title)} ?? '') }}`,
			line: lineOf(send),
			status: "={{ $json.status ?? '' }}",
		});
		const outcome = editFields({
			key: 'outcome',
			name: say('Outcome', '发起结果'),
			at: [4, 2.2],
			values: {
				[row]: { type: 'number', value: `={{ ${given(row)} }}` },
				[tried]: { type: 'boolean', value: '={{ true }}' },
				[result]: `={{ $json.contractId ? ($json.started === false ? ${quoted(say('was sent before', '以前已发起'))} : ${quoted(say('sent', '已发起'))}) : ($json.error?.outcomeUnknown ? ${uncertain} : ${notSent}) }}`,
				[contractId]: "={{ $json.contractId ?? '' }}",
				[status]: "={{ $json.statusName ?? '' }}",
				[links]:
					"={{ ($json.tasks ?? []).map((task) => task.signingLink ?? '').join(' ').trim() }}",
				[message]:
					"={{ $json.error ? [$json.error.message, $json.error.hint ?? ''].join(' ').trim() : ($json.note ?? '') }}",
			},
		});
		const merge = plain({
			key: 'merge',
			name: say('Merge Outcomes', '合并结果'),
			at: [5, 0],
			type: 'n8n-nodes-base.merge',
			typeVersion: 3,
			parameters: {
				mode: 'combine',
				combineBy: 'combineByFields',
				fieldsToMatchString: row,
				joinMode: 'enrichInput1',
				options: { disableDotNotation: true },
			},
		});
		const sort = plain({
			key: 'sort',
			name: say('Sort by Row', '按行号排序'),
			at: [6, 0],
			type: 'n8n-nodes-base.sort',
			typeVersion: 1,
			parameters: {
				type: 'simple',
				sortFieldsUi: { sortField: [{ fieldName: row, order: 'ascending' }] },
				options: {},
			},
		});
		const text = (label: string) => `={{ String(${field('$json', label)} ?? '') }}`;
		const settled = `${field('$json', tried)} || ${field('$json', result)} === ${uncertain}`;
		const resultRow = editFields({
			key: 'resultRow',
			name: say('Result Row', '结果行'),
			at: [5, 1.2],
			values: {
				[title]: text(title),
				[fileName]: text(fileName),
				[personName]: text(personName),
				[contact]: text(contact),
				[company]: text(company),
				[result]: `={{ ${settled} ? ${field('$json', result)} : ${notSent} }}`,
				[contractId]: text(contractId),
				[status]: text(status),
				[links]: text(links),
				[message]: say(
					`={{ ${settled} ? (${field('$json', message)} ?? '') : 'The file ' + (${field('$json', fileName)} || ${chosen}.usualFile) + ' is not in the folder.' }}`,
					`={{ ${settled} ? (${field('$json', message)} ?? '') : '文件夹里没有文件 ' + (${field('$json', fileName)} || ${chosen}.usualFile) }}`,
				),
			},
		});
		const table = plain({
			key: 'table',
			name: say('Result Spreadsheet', '结果表格'),
			at: [6, 1.2],
			type: 'n8n-nodes-base.convertToFile',
			typeVersion: 1.1,
			parameters: {
				operation: 'xlsx',
				binaryPropertyName: 'data',
				options: {
					fileName: `={{ ${chosen}.results }}`,
					sheetName: say('Results', '结果'),
				},
			},
		});
		const save = writeFile({
			key: 'save',
			name: say('Save Results', '保存结果'),
			at: [6, 2.2],
			path: `={{ ${chosen}.folder + '/' + ${chosen}.results }}`,
		});
		const columns = [title, fileName, personName, contact, company];
		return {
			name: say('Contracts from a spreadsheet', '从表格批量发起合同'),
			note: say(
				`## Contracts from a spreadsheet (Kaifangqian 开放签)
One contract for each row, some hundreds in one go, and a result for **every** row. Columns (.xlsx, first row): ${columns.map((column) => `*${column}*`).join(', ')}. *${company}* only where the signer signs for one.

**Set up**
1. In **${send.name}**: choose your credential and the *Business Line*. Enter a sender unless the credential has one.
2. Fill in **${settings.name}**: the folder with the spreadsheet and the PDFs, the names of both spreadsheets, and the PDF for rows that name none. n8n must be allowed to use the folder (\`N8N_RESTRICT_FILE_ACCESS_TO\`).
3. Click *Execute workflow*. About two contracts are sent per second.

**Good to know.** To run it for the rest, enter the name of the result spreadsheet as *spreadsheet*: rows with a *${contractId}* are only looked up. Rows with *look in the console* are skipped: if the contract is there, enter its ID; if not, empty *${result}*. Sent contracts are added to the register. That needs n8n ${REGISTER_SINCE} or newer; in an older one delete **${register.name}** and **${add.name}**.`,
				`## 从表格批量发起合同（开放签）
每一行发起一份合同，一次可以几百份，**每一行**都会写出结果。列名（.xlsx 第一行）：${columns.map((column) => `*${column}*`).join('、')}。签署人代表企业时才填“${company}”。

**设置**
1. 在 **${send.name}** 里选择凭证和 *Business Line (业务线)*。凭证里没有经办人的，在这里填写。
2. 填写 **${settings.name}**：表格和 PDF 所在的文件夹、两个表格的文件名、没写文件名的行用哪个 PDF。n8n 要有权使用该文件夹（\`N8N_RESTRICT_FILE_ACCESS_TO\`）。
3. 点 *Execute workflow*。每秒大约发出两份。

**须知。** 要接着处理剩下的行，请把结果表格的文件名填进 *spreadsheet*：有“${contractId}”的行只查询。写着“请到企业管理后台查看”的行会跳过：后台有这份合同，就填上合同ID；没有，就清空“${result}”。发出的合同会写入台账，需要 n8n ${REGISTER_SINCE} 或更新；更旧的 n8n 请删除 **${register.name}** 和 **${add.name}**。`,
			),
			steps: [
				start,
				settings,
				spreadsheet,
				rows,
				number,
				skip,
				file,
				send,
				register,
				isNew,
				add,
				outcome,
				merge,
				sort,
				resultRow,
				table,
				save,
			],
			edges: [
				[start, [[register, settings]]],
				[settings, [spreadsheet]],
				[spreadsheet, [rows]],
				[rows, [number]],
				[number, [[merge, skip]]],
				[skip, [file]],
				[file, [send]],
				[send, [[isNew, outcome]]],
				[isNew, [add]],
				[outcome, [[[merge, 1]]]],
				[merge, [sort]],
				[sort, [resultRow]],
				[resultRow, [table]],
				[table, [save]],
			],
		};
	},
};
