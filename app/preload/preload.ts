// Runs in each window before its page, in the sandbox: all that the page gets of the desktop shell.
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { exposeBridge } from './expose-bridge.ts';

exposeBridge({ contextBridge, ipcRenderer, webUtils }, window);
