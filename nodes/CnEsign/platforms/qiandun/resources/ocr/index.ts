import type { QiandunResource } from '../operation';
import { readIdCard } from './readIdCard';

export const ocr: QiandunResource = { value: 'ocr', name: 'OCR', operations: [readIdCard] };
