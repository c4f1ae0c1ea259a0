"""The style sheet: one template, filled with the colours of a theme."""

from collections.abc import Mapping
from string import Template

SHEET = Template("""
* { outline: none; }
QWidget { font-family: Inter; font-size: 13px; color: $text; }
QToolTip { background: $text; color: $card; border: none; padding: 4px 8px; }
QLabel { background: transparent; }
QLabel[role="display"] { font-size: 28px; font-weight: 600; }
QLabel[role="title"] { font-size: 20px; font-weight: 600; }
QLabel[role="heading"] { font-size: 15px; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="small"] { font-size: 12px; color: $text2; }
QLabel[role="muted"] { color: $text3; }
QLabel[role="caption"] { font-size: 12px; font-weight: 500; color: $text3; }
QLabel[role="link"] { color: $accent_ink; font-weight: 500; }
QLabel[role="key"] { font-size: 11px; font-weight: 500; color: $text3; background: $sunken;
  border: 1px solid $line; border-radius: 4px; padding: 0 4px; }
QLabel[tone="done"] { color: $done_ink; } QLabel[tone="late"] { color: $late_ink; }
QLabel[tone="bad"] { color: $bad_ink; } QLabel[tone="busy"] { color: $busy_ink; }
QLabel[tone="wait"] { color: $text2; }

#frame { background: $frame; }
#navigation { background: $frame; border: none; border-right: 1px solid $line; }
#topbar { background: $frame; border: none; border-bottom: 1px solid $line; }
#page { background: $page; border: none; }
#statusline { background: $frame; border: none; border-top: 1px solid $line; }
#statusline QLabel { font-size: 12px; color: $text2; }
#card { background: $card; border: 1px solid $line; border-radius: 10px; }
#drawer { background: $card; border: none; border-left: 1px solid $line; }
#drawerbody { background: $card; border: none; }
#pagebody { background: $page; border: none; }
#sunken { background: $sunken; border: none; border-radius: 6px; }
#rule { background: $line; border: none; }

QPushButton { background: $card; border: 1px solid $edge; border-radius: 6px; padding: 0 12px;
  min-height: 30px; font-weight: 500; }
QPushButton:hover { background: $hover; }
QPushButton:focus { border: 2px solid $accent; }
QPushButton QLabel { font-weight: 500; }
QPushButton[kind="primary"] { background: $accent; border-color: $accent; }
QPushButton[kind="primary"] QLabel { color: $on_accent; }
QPushButton[kind="primary"] QLabel[role="key"] { background: transparent;
  border-color: $on_accent; }
QPushButton[kind="quiet"] { background: transparent; border-color: transparent; }
QPushButton[kind="quiet"]:hover { background: $hover; }
QPushButton[kind="danger"] { border-color: $bad_solid; }
QPushButton[kind="danger"] QLabel { color: $bad_ink; }
QPushButton[kind="nav"] { background: transparent; border: none; border-radius: 6px; padding: 0;
  min-height: 30px; text-align: left; }
QPushButton[kind="nav"]:hover { background: $hover; }
QPushButton[kind="nav"][here="true"] { background: $accent_soft; }
QPushButton[kind="nav"] QLabel { color: $text2; font-weight: 500; }
QPushButton[kind="nav"] QLabel[role="small"] { font-weight: 400; }
QPushButton[kind="nav"][here="true"] QLabel { color: $accent_ink; font-weight: 600; }
QPushButton:disabled { background: $sunken; border-color: $line; }
QPushButton QLabel:disabled { color: $text3; }

QLineEdit, QComboBox, QDateEdit, QPlainTextEdit { background: $card; border: 1px solid $edge;
  border-radius: 6px; padding: 0 8px; min-height: 30px; selection-background-color: $accent;
  selection-color: $on_accent; }
QLineEdit:focus, QComboBox:focus { border: 2px solid $accent; padding: 0 7px; }
QLineEdit[wrong="true"] { border: 1px solid $bad_solid; }
QLineEdit[large="true"] { font-size: 20px; min-height: 40px; }
QLineEdit[quiet="true"] { border: 1px solid $line; border-radius: 4px; min-height: 22px;
  padding: 0 6px; font-size: 12px; background: $card; }
QLineEdit[quiet="true"]:focus { border: 1px solid $accent; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow, QDateEdit::down-arrow { image: none; }
#search { background: $card; border: 1px solid $edge; border-radius: 6px; }
#search QLineEdit { border: none; background: transparent; padding: 0; }

QTableView { background: $card; border: none; gridline-color: transparent;
  selection-background-color: $accent_soft; selection-color: $text; }
QHeaderView { background: $sunken; border: none; }
QTableCornerButton::section { background: $sunken; border: none; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollArea, QGraphicsView { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; }
QScrollBar::handle { background: $edge; border-radius: 3px; min-height: 32px; min-width: 32px; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
  background: none; border: none; width: 0; height: 0; }

QProgressBar { background: $sunken; border: none; border-radius: 3px; max-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
#toast { background: $text; border-radius: 10px; }
#toast QLabel { color: $card; }
#toast QPushButton { background: transparent; border-color: $text3; }
#toast QLabel[role="key"] { background: transparent; border-color: $text3; }
#notice-bad { background: $bad_soft; border: 1px solid $bad_solid; border-radius: 6px; }
#notice-late { background: $late_soft; border: 1px solid $late_solid; border-radius: 6px; }
#notice-busy { background: $busy_soft; border: none; border-radius: 6px; }
#notice-done { background: $done_soft; border: none; border-radius: 6px; }
#notice-wait { background: $sunken; border: none; border-radius: 6px; }
#segments { background: $sunken; border: 1px solid $line; border-radius: 6px; }
QPushButton[kind="segment"] { background: transparent; border: 1px solid transparent;
  border-radius: 4px; padding: 0 12px; min-height: 26px; color: $text2; }
QPushButton[kind="segment"]:hover { background: $hover; }
QPushButton[kind="segment"]:focus { border: 1px solid $accent; }
QPushButton[kind="segment"]:checked { background: $card; color: $text; border: 1px solid $edge; }
QPushButton[kind="segment"]:checked:focus { border: 1px solid $accent; }
QPushButton[kind="line"] { background: transparent; border: none; border-radius: 6px; padding: 0;
  text-align: left; }
QPushButton[kind="line"]:hover, QPushButton[kind="line"]:focus { background: $hover; }
QPushButton[kind="line"]:checked { background: $accent_soft; }
QPushButton[kind="stat"] { background: $card; border: 1px solid $line; border-radius: 10px;
  padding: 0; text-align: left; }
QPushButton[kind="stat"]:hover { background: $hover; }
QPushButton[kind="stat"]:focus { border: 2px solid $accent; }
#hits { background: $card; border: 1px solid $edge; border-radius: 6px; padding: 4px; }
#hits::item { padding: 6px 8px; border-radius: 4px; color: $text; }
#hits::item:selected { background: $accent_soft; color: $text; }
QMenu { background: $card; border: 1px solid $edge; padding: 4px; }
QMenu::item { padding: 6px 16px; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QDateEdit::drop-down { border: none; width: 24px; }
QDateEdit:focus, QPlainTextEdit:focus { border: 2px solid $accent; }
QLabel[role="link"]:hover { text-decoration: underline; }
""")


def style_sheet(colours: Mapping[str, str]) -> str:
    """The sheet in these colours; a missing name is an error, not a grey spot."""
    return SHEET.substitute(colours)
