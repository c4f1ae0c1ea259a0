"""The photograph of a paper beside what is typed from it; it is only looked at, never stored."""

from pathlib import Path

from PyQt6.QtCore import QMimeData, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import (
    QImage,
    QImageReader,
    QPainter,
    QPixmap,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PyQt6.QtPdf import QPdfDocument
from PyQt6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView

from admin_suite.core.errors import UserError
from admin_suite.core.i18n import _
from admin_suite.ui import theme
from admin_suite.ui.widgets.buttons import icon_button
from admin_suite.ui.widgets.layout import column, named, row
from admin_suite.ui.widgets.text import text
from admin_suite.ui.widgets.tick import Tick

KINDS = "*.jpg *.jpeg *.png *.bmp *.pdf"
SUFFIXES = {kind.removeprefix("*") for kind in KINDS.split()}
MOST_PIXELS, PAGE_WIDTH, LEAST_WIDTH = 80_000_000, 1800, 300
ZOOM, CLOSEST, FARTHEST = 1.25, 8.0, 0.05
STEPS = 3  # of a picture in sight: how many moves lead over it


class PhotoView(QGraphicsView):
    """One picture; Ctrl and the wheel bring it nearer."""

    def __init__(self) -> None:
        super().__init__()
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # always there, or a picture that fills the width loses some of it to the bar it needs
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._fitted = True
        self._scene = QGraphicsScene(self)
        self.setScene(self._scene)
        named(self, _("Photograph of the paper"))

    def show_image(self, image: QImage) -> None:
        """Show a picture over the whole width."""
        self._scene.clear()
        self._scene.addPixmap(QPixmap.fromImage(image))
        self._scene.setSceneRect(QRectF(image.rect()))
        self.fit()

    def fit(self) -> None:
        """As wide as there is room, from its head, until somebody turns or zooms it."""
        self._fitted = True
        self._fill_the_width()
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            if bar is not None:
                bar.setValue(bar.minimum())

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        if self._fitted:
            self._fill_the_width()

    def turn(self) -> None:
        """A quarter to the right."""
        self._fitted = False
        self.rotate(90)

    def zoom(self, by: float) -> None:
        """Nearer or farther."""
        self._fitted = False
        now = abs(self.transform().m11()) + abs(self.transform().m12())
        if FARTHEST <= now * by <= CLOSEST:
            self.scale(by, by)

    def move_by(self, right: int, down: int) -> bool:
        """Show what lies beside what is in sight; tells whether there was more."""
        moved = False
        for bar, step in ((self.horizontalScrollBar(), right), (self.verticalScrollBar(), down)):
            if bar is not None and step:
                before = bar.value()
                bar.setValue(before + step * max(1, bar.pageStep() // STEPS))
                moved = moved or bar.value() != before
        return moved

    def _fill_the_width(self) -> None:
        view, wide = self.viewport(), self._scene.sceneRect().width()
        if view is not None and wide:
            share = min(CLOSEST, max(FARTHEST, view.width() / wide))
            self.setTransform(QTransform.fromScale(share, share))

    def wheelEvent(self, event: QWheelEvent | None) -> None:
        if event is None:
            return
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(ZOOM if event.angleDelta().y() > 0 else 1 / ZOOM)
        else:
            super().wheelEvent(event)


class Photo(QFrame):
    """The picture with its tools: nearer, farther, turn, pages, scroll in step with the grid."""

    closed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setMinimumWidth(LEAST_WIDTH)
        self.view, self._pdf = PhotoView(), QPdfDocument(self)
        self._name, self._page = text("", "small"), 0
        self._name.setMinimumWidth(1)
        self.in_step = Tick(_("Scroll in step"))
        self.in_step.setChecked(True)
        tools = row(gap=theme.XS)
        for icon, spoken, keys, deed in (
            ("zoom_in", _("Nearer"), "Ctrl ]", lambda: self.view.zoom(ZOOM)),
            ("zoom_out", _("Farther"), "Ctrl [", lambda: self.view.zoom(1 / ZOOM)),
            ("turn", _("Turn"), "Ctrl R", self.view.turn),
            ("left", _("Further left"), "Alt Left", lambda: self.move_on(-1, 0)),
            ("right", _("Further right"), "Alt Right", lambda: self.move_on(1, 0)),
            ("up", _("Further up, then the page before"), "Alt Up", lambda: self.move_on(0, -1)),
            ("down", _("Further down, then the next page"), "Alt Down", lambda: self.move_on(0, 1)),
        ):
            button = icon_button(icon, spoken, keys)
            button.clicked.connect(lambda _on, deed=deed: deed())
            tools.addWidget(button)
        away = icon_button("close", _("Put the photograph away"))
        away.clicked.connect(self.put_away)
        tools.addStretch(1)
        tools.addWidget(away)
        about = row(self._name, self.in_step)
        about.setStretch(0, 1)
        made = column(tools, about, self.view, gap=theme.XS, pad=(theme.S, theme.S))
        made.setStretch(2, 1)
        self.setLayout(made)
        self.hide()

    def open(self, path: Path) -> None:
        """Show a picture or the first page of a PDF; refuses in a sentence what it cannot."""
        self._page = 0
        if path.suffix.lower() == ".pdf":
            self._pdf.load(str(path))
            image = self._drawn()
        else:
            self._pdf.close()
            image = _picture(path)
        if image.isNull():
            said = _("“{name}” cannot be shown as a picture.")
            raise UserError(said.format(name=path.name))
        self.show()
        self._name.setText(path.name)
        self.view.show_image(image)

    def move_on(self, right: int, down: int) -> None:
        """Show what lies beside what is in sight; at the edge of a PDF another page of it."""
        if not self.view.move_by(right, down) and down:
            self.turn_page(down)

    def turn_page(self, step: int) -> None:
        """Another page of a PDF; the one before is shown from its foot, for it is read upwards."""
        wanted = self._page + step
        if 0 <= wanted < self._pdf.pageCount():
            self._page = wanted
            self.view.show_image(self._drawn())
            bar = self.view.verticalScrollBar()
            if bar is not None and step < 0:
                bar.setValue(bar.maximum())

    def put_away(self) -> None:
        """Forget the picture."""
        self._pdf.close()
        self.view.show_image(QImage(1, 1, QImage.Format.Format_RGB32))
        self.hide()
        self.closed.emit()

    def follow(self, share: float) -> None:
        """Scroll to where the grid is, from 0 at the top to 1 at the foot."""
        bar = self.view.verticalScrollBar()
        if bar is not None and self.in_step.isChecked():
            bar.setValue(round(bar.minimum() + share * (bar.maximum() - bar.minimum())))

    def _drawn(self) -> QImage:
        size = self._pdf.pagePointSize(self._page)
        if size.isEmpty():
            return QImage()
        high = min(round(PAGE_WIDTH * size.height() / size.width()), MOST_PIXELS // PAGE_WIDTH)
        drawn = self._pdf.render(self._page, QSize(PAGE_WIDTH, high))
        paper = QImage(drawn.size(), QImage.Format.Format_RGB32)
        paper.fill(Qt.GlobalColor.white)
        painter = QPainter(paper)
        painter.drawImage(0, 0, drawn)
        painter.end()
        return paper


def dropped(data: QMimeData | None) -> Path | None:
    """The picture that is dropped, if it is one."""
    urls = data.urls() if data is not None else []
    path = Path(urls[0].toLocalFile()) if len(urls) == 1 else None
    return path if path is not None and path.suffix.lower() in SUFFIXES else None


def _picture(path: Path) -> QImage:
    """A photograph the right way up; one that says it is immense is not even begun."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and size.width() * size.height() > MOST_PIXELS:
        return QImage()
    return reader.read()
